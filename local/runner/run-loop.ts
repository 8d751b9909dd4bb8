import { setTimeout } from 'node:timers/promises';
import type { FunctionName } from '../../shared/system/map.ts';
import { writeLogsTo } from '../../shared/system/parts.ts';
import { stateFolder } from './local-names.ts';
import { openLog } from './open-log.ts';
import { functionNamesEnvironment, openServices } from './services.ts';

export interface LoopOptions {
  readonly mode: 'paper' | 'demo';
  /** Where the exchange is; Kalshi's own when left out. */
  readonly kalshiBaseUrl: string | undefined;
  /** The only markets that may be entered. */
  readonly tickers: readonly string[];
  /** Refit what prices are worth before the first round. */
  readonly train: boolean;
  /** Milliseconds from the start of a round to that of the next. */
  readonly every: number;
  /** Ends after this many; undefined: when it is told to. */
  readonly rounds: number | undefined;
  readonly signal: AbortSignal;
  /** Told what each job answered. */
  told(job: FunctionName, tick: string, answer: unknown): void;
}

/** What a round does, in the order of the timetable: see the account, look, ask, decide, tell. */
const round: readonly FunctionName[] = ['sync', 'scan', 'forecast', 'trade', 'alert-check'];

/** The ordinary loop on this folder's files, kept to some markets. A round that has begun is finished. */
export async function runLoop({ mode, kalshiBaseUrl, tickers, train, every, rounds, signal, told }: LoopOptions): Promise<void> {
  const log = openLog();
  const services = await openServices({ folder: stateFolder, now: Date.now, log });
  try {
    const exchange = kalshiBaseUrl === undefined ? {} : { KALSHI_BASE_URL: kalshiBaseUrl };
    Object.assign(process.env, functionNamesEnvironment, exchange, { PILOT_MODE: mode });
    writeLogsTo(log);
    // As in the timetable, a job that fails does not stop what comes after it.
    const run = async (job: FunctionName, tick: string) =>
      told(job, tick, await services.call(job, { tick, tickers }).catch((error: Error) => ({ outcome: 'failed', why: error.message })));
    if (train) await run('learn', new Date().toISOString());
    for (let done = 0; !signal.aborted && (rounds === undefined || done < rounds); done++) {
      const at = Date.now();
      for (const job of round) await run(job, new Date(at).toISOString());
      if (done + 1 !== rounds) await setTimeout(Math.max(0, at + every - Date.now()), undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await services.close();
  }
}
