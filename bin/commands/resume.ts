import { Command } from 'commander';
import type { ControlOptions } from '../control.ts';
import { control, controls } from '../control.ts';
import { Exit } from '../exit.ts';

/** `pilot resume`: leaves a pause or a halt, with a reason. */
export function resumeCommand(): Command {
  return controls(new Command('resume'))
    .description('leave a pause or a halt; a reason is asked for and kept')
    .addHelpText('before', 'Example: pilot resume --reason "loss understood: stale quote, fixed"\n')
    .action((options: ControlOptions) => {
      if (options.reason === undefined || options.reason.trim() === '')
        throw new Exit(2, 'resume: reason is missing. Fix: pilot resume --reason TEXT');
      return control(options, { action: 'resume' });
    });
}
