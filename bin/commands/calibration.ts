import { Command } from 'commander';
import { readsStore, show } from '../show.ts';
import { calibrationView } from '../views/calibration.ts';

/** `pilot calibration`: whether forecasts come true. */
export function calibrationCommand(): Command {
  return readsStore(new Command('calibration'))
    .description("whether forecasts come true, beside the market's price, and what they weigh")
    .addHelpText('before', 'Example: pilot calibration --json\n')
    .action((options) => show(options, calibrationView));
}
