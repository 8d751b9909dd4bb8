import { Argument, Command } from 'commander';
import type { Shell } from '../completion.ts';
import { completionScript, shells } from '../completion.ts';

/** `pilot completion`: a script that makes the shell know these commands. */
export function completionCommand(): Command {
  return new Command('completion')
    .description('a script that makes your shell complete commands and options')
    .addHelpText('before', 'Example: pilot completion bash >> ~/.bashrc\n')
    .addArgument(new Argument('<shell>', 'which shell').choices(shells))
    .action((shell: Shell, _options: unknown, command: Command) => {
      process.stdout.write(completionScript(command.parent ?? command, shell));
    });
}
