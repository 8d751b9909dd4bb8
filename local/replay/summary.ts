import type { Ledger, LedgerEntry } from '../../shared/domain/ledger.ts';
import { emptyLedger, isBalanced, payoutOf, post } from '../../shared/domain/ledger.ts';
import { equityOf } from '../../shared/domain/metrics/mark.ts';
import type { Price } from '../../shared/domain/money.ts';
import { contractsText, priceText, usdText } from '../../shared/domain/money.ts';
import { marksOf } from '../../shared/domain/risk/make-book-view.ts';
import type { Recording } from './recording.ts';
import type { Replayed } from './replay.ts';
import type { TapeReplay } from './replay-tapes.ts';

/** The last line of a replay: money as dollar strings, null where a held market has no bid. */
export async function summaryOf(run: Replayed, recording: Recording) {
  const { store } = run.desk;
  const { ledger } = await store.ledger.head('paper');
  const trades = await store.ledger.trades('paper', Number.MAX_SAFE_INTEGER);
  const equity = equityOf(ledger, marksOf(ledger, await run.market.quotes()));
  return {
    scans: run.scans,
    trades: trades.length,
    halts: run.halts,
    settledMarkets: run.settledMarkets,
    openPositions: ledger.positions.size,
    fees: usdText(ledger.fees),
    pnl: usdText(ledger.realised),
    cash: usdText(ledger.cash),
    equity: equity === undefined ? null : usdText(equity),
    refusedRows: recording.refused,
    watch: { ...run.watched, healthScore: run.watched.healthScore ?? null },
    notApplicable: [...run.notApplicable].sort(),
    notes: recording.notes,
    strategies: Object.fromEntries([...run.funnels].map(([name, dropped]) => [name, { dropped }])),
    ledger: flowsOf(ledger),
  };
}

/** The last line of a replay of tapes: what was on them, what was made of it, and the money. */
export function tapesSummary(run: TapeReplay) {
  const { paper, halts } = run.desk;
  const { ledger } = paper;
  const { trades: publicTrades, ...counts } = run.counts;
  const equity = equityOf(ledger, marksOf(ledger, run.board));
  return {
    tapes: run.tapes,
    ...counts,
    publicTrades,
    quotes: run.quotes,
    ...run.decisions,
    fills: paper.fills,
    trades: paper.closed,
    halts,
    settledMarkets: run.settledMarkets,
    openPositions: ledger.positions.size,
    fees: usdText(ledger.fees),
    pnl: usdText(ledger.realised),
    cash: usdText(ledger.cash),
    equity: equity === undefined ? null : usdText(equity),
    notApplicable: [...run.notApplicable].sort(),
    ledger: flowsOf(ledger),
  };
}

function flowsOf(ledger: Ledger) {
  return {
    deposits: usdText(ledger.deposits),
    buys: usdText(ledger.buys),
    sells: usdText(ledger.sells),
    fees: usdText(ledger.fees),
    payouts: usdText(ledger.payouts),
    cash: usdText(ledger.cash),
    balanced: isBalanced(ledger),
  };
}

const header = 'at,kind,ticker,side,action,count,price,fee,role,cash_after';

/** Every fill and settlement of a replay in booking order, with the cash after it, so that anyone can add it up again. */
export async function fillsCsv({ desk, texts }: Replayed): Promise<string> {
  return entriesCsv(desk.store.ledger.entries('paper'), texts);
}

/** The same for any booked entries; `texts` are the recording's own times. */
export async function entriesCsv(
  entries: Iterable<LedgerEntry> | AsyncIterable<LedgerEntry>,
  texts: ReadonlyMap<number, string> = new Map(),
): Promise<string> {
  const lines = [header];
  let ledger = emptyLedger;
  for await (const entry of entries) {
    const held = entry.kind === 'settlement' ? ledger.positions.get(entry.ticker) : undefined;
    ledger = post(ledger, entry).ledger;
    const line = lineOf(entry, held);
    if (line) lines.push([texts.get(entry.at) ?? new Date(entry.at).toISOString(), ...line, usdText(ledger.cash)].join(','));
  }
  return `${lines.join('\n')}\n`;
}

function lineOf(entry: LedgerEntry, held: Parameters<typeof payoutOf>[0] | undefined): readonly string[] | undefined {
  if (entry.kind === 'fill') {
    const { ticker, side, action, count, price, fee, role } = entry;
    return ['fill', ticker, side, action, contractsText(count), priceText(price), usdText(fee), role];
  }
  if (entry.kind !== 'settlement' || !held) return undefined;
  const payout = Math.round(payoutOf(held, entry.yesValue) / held.count) as Price;
  return ['settlement', entry.ticker, held.side, '', contractsText(held.count), priceText(payout), usdText(0 as typeof entry.yesValue), ''];
}
