import { replay } from '../local/replay/replay.ts';
import { isBalanced } from '../shared/domain/ledger.ts';
import { makeConfig } from '../shared/system/config/config.ts';
import type { Figure } from './figure.ts';
import { makeYear } from './made/year.ts';
import { measure } from './measure.ts';

const MARKETS = 20;
const SEED = 11;

/**
 * A year of 20 markets in this process, a tick every quarter of an hour: the jobs that run live (sync, scan, trade, the
 * nightly learning, health and alerts) over the paper exchange, the ledger, the counters and the journal, with settings as
 * they are.
 */
export async function figures(): Promise<readonly Figure[]> {
  const recording = makeYear(MARKETS, SEED);
  let orders = 0;
  const year = await measure(async () => {
    orders = 0;
    const lines = replay(recording, { config: makeConfig({}), only: [] });
    for (let next = await lines.next(); ; next = await lines.next()) {
      if (!next.done) {
        orders += next.value.orders;
        continue;
      }
      const { ledger } = await next.value.desk.store.ledger.head('paper');
      if (!isBalanced(ledger)) throw new Error('sim: the books of the year do not balance. Fix: replay it and look where they part');
      return;
    }
  });
  console.error(`sim: ${recording.scans.length} ticks, ${orders} orders`);
  return [{ figure: 'sim.year', value: year / 1000, unit: 's', better: 'lower', budget: 20 }];
}
