import { Command } from 'commander';
import type { ControlOptions } from '../control.ts';
import { control, controls } from '../control.ts';

/** `pilot pause`: no new buys until a person resumes; exits and cancels run. */
export function pauseCommand(): Command {
  return controls(new Command('pause'))
    .description('no new buys until you resume; exits and cancels still run')
    .addHelpText('before', 'Example: pilot pause --reason "election night"\n')
    .action((options: ControlOptions) => control(options, { action: 'pause' }));
}
