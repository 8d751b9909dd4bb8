import { Command, InvalidArgumentError, Option } from 'commander';
import { runLoop } from '../../local/runner/run-loop.ts';
import { findRunning } from '../../local/runner/running.ts';
import { worldTime } from '../../local/runner/world-file.ts';
import { adoptEnvFile, commandEnvironment, modeHere } from '../connect.ts';
import { Exit } from '../exit.ts';
import { printJson } from '../options.ts';
import { talk } from '../talk.ts';

interface TradeOptions {
  readonly tickers: readonly string[];
  readonly train?: boolean;
  readonly interval: number;
  readonly rounds?: number;
  readonly mode?: 'paper' | 'demo';
  readonly json?: boolean;
}

/** `pilot trade`: the ordinary loop, kept to some markets, until it is interrupted. */
export function tradeCommand(): Command {
  return new Command('trade')
    .description('the ordinary loop, entering only the markets you name, until interrupted')
    .addHelpText('before', 'Example: pilot trade --tickers KXFED-26DEC-T3.75 KXFED-26DEC-T4.00 --train --interval 600\n')
    .requiredOption('--tickers <tickers...>', 'the only markets that may be entered; what is held is looked after as ever')
    .option('--train', 'first refit what prices are worth on all that has ended')
    .option('--interval <seconds>', 'from one round to the next', whole(10, 86_400), 900)
    .option('--rounds <count>', 'stop after so many', whole(1, 100_000))
    .addOption(new Option('--mode <mode>', 'demo sends orders to the demo exchange').choices(['paper', 'demo']))
    .option('--json', 'one JSON value a job')
    .action(trade);
}

async function trade({ tickers, train = false, interval, rounds, mode: asked, json }: TradeOptions): Promise<void> {
  const running = findRunning();
  if (running)
    throw new Exit(
      1,
      `trade: the system that runs here (${running.dashboard}) trades every market by its own timetable. Fix: stop it first, or start it again after pilot config set capital.allow.tickers '${JSON.stringify(tickers)}'`,
    );
  const madeUp = worldTime();
  if (madeUp !== undefined && madeUp > Date.now())
    throw new Exit(
      1,
      'trade: what this folder holds is of a made-up world ahead of our time. Fix: run it in another folder, or move .pilot away',
    );
  adoptEnvFile();
  const mode = await modeHere(asked);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  talk(`${mode.toUpperCase()} · enters only ${tickers.join(', ')} · every ${interval} s. Ctrl-C finishes the round.`);
  await runLoop({
    ...{ mode, kalshiBaseUrl: commandEnvironment().KALSHI_BASE_URL, tickers, train, every: interval * 1000, rounds, signal: stop.signal },
    told: (job, tick, answer) => {
      if (json) printJson({ job, tick, answer });
      else process.stdout.write(`${tick}  ${job.padEnd(11)}  ${JSON.stringify(answer)}\n`);
    },
  });
}

function whole(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < low || value > high)
      throw new InvalidArgumentError(`Fix: give a whole number from ${low} to ${high}.`);
    return value;
  };
}
