import { isBalanced } from '../../shared/domain/ledger.ts';
import type { Contracts, Usd } from '../../shared/domain/money.ts';
import { contractsText, usdText } from '../../shared/domain/money.ts';
import { verifyJournal } from '../../shared/jobs/verify-journal.ts';
import { inMaintenance } from '../exchange/matching/halts.ts';
import { everythingIsTold } from './alert-auditor.ts';
import type { Crew } from './crew.ts';
import { BOOK, digest, MINUTE, type Stage } from './stage.ts';
import type { Timetable } from './timetable.ts';

interface Ending {
  readonly crew: Crew;
  readonly timetable: Timetable;
  readonly stage: Stage;
  readonly chance: () => number;
}

/** When the storm is over: everything is right again, and everybody has been told what they had to be told. */
export async function finale({ crew, timetable, stage, chance }: Ending): Promise<void> {
  const { violations } = crew.auditor;
  if (chance() < 0.3) {
    const { outcome } = await timetable.control({ action: 'emergency', close: true });
    const message = outcome.status === 'fulfilled' ? String(outcome.value.message) : String(outcome.reason);
    violations.push(...message.split('\n').filter((line) => !line.startsWith('✓')));
  }
  await recovered(crew, timetable, stage);
  for (let pass = 0; pass < 2; pass++) await timetable.alertCheck(stage.time.now() + 10 * MINUTE);
  violations.push(...(await everythingIsTold(stage)), ...(await journal(stage)));
}

/** At most two ticks after a storm nothing is open, nothing is reduced, and every micro-dollar is where it belongs. */
export async function recovered(crew: Crew, timetable: Timetable, stage: Stage): Promise<void> {
  let wrong: readonly string[] = [];
  for (let pass = 0; pass < SYNCS; pass++) {
    await timetable.sync(stage.time.now() + 5 * MINUTE);
    wrong = [...stillReducing(crew, stage), ...(await openOrders(stage)), ...(await books(stage))];
    if (wrong.length === 0) break;
  }
  crew.auditor.quiet();
  crew.auditor.violations.push(...wrong);
}

/** Syncs until the next decision. */
const SYNCS = 3;

/** What a person stopped, a person resumes; and a pause of the exchange lasts as long as it lasts. */
function stillReducing({ auditor: { breaker } }: Crew, { time }: Stage): readonly string[] {
  if (breaker?.state !== 'reducing' || breaker.cause === 'paused-by-hand' || inMaintenance(time.now())) return [];
  return [`still reducing: ${breaker.cause}, ${breaker.detail}`];
}

async function openOrders({ store }: Stage): Promise<readonly string[]> {
  const live = await store.orders.live(BOOK);
  return live.filter(({ state }) => state !== 'resting').map(({ id, state }) => `order ${id} is still ${state}`);
}

/** The ledger against the exchange's own books: each fill, each position, and cash with what resting orders hold. */
export async function books({ store, exchange }: Stage): Promise<readonly string[]> {
  const { account, shards } = exchange.venue;
  const { ledger } = await store.ledger.head(BOOK);
  const found: string[] = [];
  if (!isBalanced(ledger)) found.push('the ledger does not add up');
  const booked = new Set<string>();
  for await (const entry of store.ledger.entries(BOOK)) if (entry.kind === 'fill') booked.add(entry.id);
  for (const { id, order } of account.fills) {
    if (!booked.has(id)) found.push(`fill ${id} of ${order.market.ticker} is not booked`);
  }
  if (booked.size !== account.fills.length) found.push(`${booked.size} fills booked of ${account.fills.length}`);
  for (const { market, seen } of account.holdings.values()) {
    const theirs = seen.latest?.yes ?? 0;
    const position = ledger.positions.get(market.ticker);
    const ours = position === undefined ? 0 : position.side === 'yes' ? position.count : -position.count;
    if (ours !== theirs) found.push(`${market.ticker}: ledger ${ours}, exchange ${contractsText(theirs as Contracts)}`);
  }
  const cash = shards.reduce((sum, shard) => sum + account.available(shard) + account.held(shard), 0) as Usd;
  if (cash !== ledger.cash) found.push(`cash: ledger ${usdText(ledger.cash)}, exchange ${usdText(cash)}`);
  return found;
}

/** Whether the journal's chain is whole. */
export async function journal({ store }: Stage): Promise<readonly string[]> {
  const verdict = await verifyJournal({ journal: store.journal, digest }, BOOK);
  return verdict.ok ? [] : [`journal entry ${verdict.seq} ${verdict.why}`];
}
