import { loadPast } from '../../adapters/recordings/load-past.ts';
import type { WatchedJob } from '../../domain/watch/job-watch.ts';
import { alertCheck } from '../../jobs/alert-check.ts';
import { countLevels } from '../../jobs/count-levels.ts';
import { marketWatch } from '../config/watch-settings.ts';
import type { Run } from '../handle.ts';
import { retimed } from '../map/schedule.ts';
import { functionNames, functions } from '../map.ts';
import { odditiesOf } from '../oddities.ts';
import { openMarket } from '../open-market.ts';
import { openRecordings } from '../open-recordings.ts';
import { watchParts } from '../open-watch.ts';
import { tradedBooks } from '../traded-books.ts';
import { withPast } from '../with-past.ts';

const SYNC_MINUTES = 5;

/** Raises, escalates, resolves and delivers alerts of every book that trades. */
export const alertCheckRun: Run = async ({ parts }) => {
  const { marketData, canary } = openMarket(parts);
  const past = await loadPast(openRecordings(parts), parts.clock.now());
  const checked: Record<string, unknown> = {};
  for (const book of tradedBooks(parts.config)) {
    checked[book] = await alertCheck(
      {
        ...watchParts(parts, marketData),
        watched: watchedJobs(parts.config.alerts.checkMinutes),
        syncEveryMinutes: SYNC_MINUTES,
        markets: marketWatch(parts.config),
        noTradeDays: parts.config.alerts.noTradeDays,
        look: async (tickers) => withPast(await marketData.quotes(tickers), past),
        exchangeNews: async () => ({ oddities: odditiesOf(canary.sightings()) }),
      },
      book,
    );
  }
  await countLevels(parts.store, parts.config.mode, parts.clock.now());
  return checked;
};

/** Jobs that must end well every so often. */
function watchedJobs(alertMinutes: number): readonly WatchedJob[] {
  const map = retimed(functions, { alertMinutes });
  return functionNames.flatMap((job) => {
    const { aliveWithinMinutes } = map[job];
    return aliveWithinMinutes === undefined ? [] : [{ job, aliveWithinMinutes }];
  });
}
