import type { JournalEntry } from '../../domain/journal.ts';
import { priceText } from '../../domain/money.ts';
import type { NamedResult } from '../../domain/risk/gate.ts';
import type { Signal } from '../../domain/signal.ts';
import type { OpportunitiesJson } from '../contract/markets.ts';
import { readLastScan } from './funnel.ts';
import type { Reading } from './reading.ts';
import { isoTime, orNull } from './unknown.ts';

/** How far back the journal is read for decisions. */
const ENTRIES = 300;
const DECISIONS = 50;
const TICKERS = 50;

/** What a decision looks like in the journal. */
interface DecisionBody {
  readonly signal: Signal;
  readonly approved: boolean;
  readonly sized?: { readonly contracts: number };
  readonly results?: readonly NamedResult[];
}

/** What strategies wanted last, newest first, with what came of it; and the markets the last scan found worth a look. */
export async function readOpportunities(reading: Reading): Promise<OpportunitiesJson> {
  const [scan, entries] = await Promise.all([readLastScan(reading), lastEntries(reading)]);
  const decisions = entries.filter(({ kind }) => kind === 'decision').toReversed();
  return {
    book: reading.book,
    decisions: decisions.slice(0, DECISIONS).map(decisionJson),
    tickers: (scan?.tickers ?? []).slice(0, TICKERS),
    leftOut: (scan?.leftOut ?? 0) + Math.max(0, (scan?.tickers.length ?? 0) - TICKERS),
    at: orNull(scan?.at, isoTime),
  };
}

async function lastEntries({ io, book }: Reading): Promise<readonly JournalEntry[]> {
  const last = await io.store.journal.last(book);
  if (!last) return [];
  const entries: JournalEntry[] = [];
  for await (const entry of io.store.journal.read(book, { from: Math.max(1, last.seq - ENTRIES + 1), limit: ENTRIES })) entries.push(entry);
  return entries;
}

function decisionJson({ at, body }: JournalEntry): OpportunitiesJson['decisions'][number] {
  const decision = body as DecisionBody;
  const { ticker, strategy, side, fair, limit, reason } = decision.signal;
  return { at: isoTime(at), ticker, strategy, side, fair, limit: priceText(limit), reason, result: resultText(decision) };
}

function resultText({ approved, sized, results }: DecisionBody): string {
  if (approved) return 'sent';
  if (sized?.contracts === 0) return 'not sent: no stake is worth it, or none is left';
  const failed = (results ?? []).filter(({ state }) => state === 'fail' || state === 'unknown');
  return failed.length === 0 ? 'not sent' : `not sent: ${failed.map(({ check, detail }) => `${spaced(check)} (${detail})`).join('; ')}`;
}

/** `oneOrder` as people write it. */
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
