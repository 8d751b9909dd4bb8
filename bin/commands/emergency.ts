import { Command } from 'commander';
import type { Usd } from '../../shared/domain/money.ts';
import { dollars, plural, signedDollars } from '../../shared/domain/words/amounts.ts';
import { heldBy } from '../../shared/jobs/gather-performance.ts';
import { analyseNow } from '../analyse-now.ts';
import { confirmed } from '../confirm.ts';
import type { ControlOptions } from '../control.ts';
import { control, controls } from '../control.ts';
import { Exit } from '../exit.ts';
import { printJson } from '../options.ts';
import { withStore } from '../show.ts';
import type { Money } from '../views/money.ts';
import { readMoney } from '../views/money.ts';

interface EmergencyOptions extends ControlOptions {
  readonly close?: boolean;
  readonly analyzeOnly?: boolean;
}

/** `pilot emergency`: stop, cancel, sell if asked to, tell; or only have the analyst look. */
export function emergencyCommand(): Command {
  return controls(new Command('emergency'))
    .description('stop everything now: no new orders, all resting ones cancelled, you are told')
    .addHelpText('before', 'Examples: pilot emergency\n          pilot emergency --close --reason "key leaked"\n')
    .option('--close', 'sell open positions too, at what is bid')
    .option('--analyze-only', 'change nothing: have the analyst read this moment')
    .action(emergency);
}

async function emergency(options: EmergencyOptions): Promise<void> {
  if (options.analyzeOnly) return analyse(options);
  await control(options, { action: 'emergency', close: options.close ?? false }, async (io) => {
    const what = warning(await readMoney(io), io.mode.toUpperCase(), options.close ?? false);
    await confirmed({ what, word: io.mode.toUpperCase(), yes: options.yes ?? false });
  });
}

async function analyse(options: EmergencyOptions): Promise<void> {
  if (options.reason === undefined) throw new Exit(2, 'emergency: reason is missing. Fix: pilot emergency --analyze-only --reason TEXT');
  const { json, text } = await withStore(options, (io, opened) => analyseNow(io, opened, 'emergency', options.reason));
  if (options.json) printJson(json);
  else process.stdout.write(text);
}

/** What will happen, with the numbers last seen. */
function warning({ holdings, live }: Money, mode: string, close: boolean): string {
  const value = holdings.reduce((sum, holding) => sum + (holding.value ?? 0), 0) as Usd;
  const pnl = holdings.reduce((sum, holding) => sum + (holding.pnl ?? 0), 0) as Usd;
  const stuck = holdings.filter((holding) => holding.value === undefined).length;
  const worth = `best bids give about ${dollars(value)}, ${signedDollars(pnl)} against cost${stuck === 0 ? '' : `; ${stuck} without a bid`}`;
  return [
    `This will, in ${mode} mode:`,
    '  · stop all new orders now',
    `  · cancel ${plural(live.length, 'resting order')} (${dollars(heldBy(live))})`,
    close
      ? `  · sell ${plural(holdings.length, 'open position')} (${worth})`
      : `  · keep ${plural(holdings.length, 'open position')} (add --close to sell; ${worth})`,
    '  · tell everybody who gets alerts, and have the analyst read it',
  ].join('\n');
}
