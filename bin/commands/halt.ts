import { Command } from 'commander';
import { confirmed } from '../confirm.ts';
import type { ControlOptions } from '../control.ts';
import { control, controls } from '../control.ts';

/** `pilot halt`: stops until a person resumes, and cancels resting entries. */
export function haltCommand(): Command {
  return controls(new Command('halt'))
    .description('stop all entries and cancel those that rest, until you resume')
    .addHelpText('before', 'Example: pilot halt --reason "something is wrong" --yes\n')
    .action((options: ControlOptions) =>
      control(options, { action: 'halt' }, ({ mode, book }) =>
        confirmed({
          what: `This will, in ${mode.toUpperCase()} mode, stop entries of the ${book} book and cancel those that rest.`,
          word: mode.toUpperCase(),
          yes: options.yes ?? false,
        }),
      ),
    );
}
