import type { Board } from '../domain/board.ts';
import { heldQuote } from '../domain/board.ts';
import type { Book } from '../domain/book.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { Considered, Decision, ExitDecision, RepegDecision } from '../domain/decide.ts';
import type { Side } from '../domain/money.ts';
import type { StrategyView } from '../domain/strategies/strategy.ts';
import type { Digest } from '../ports/digest.ts';
import { clientOrderId } from './client-order-id.ts';
import type { Note } from './write-journal.ts';

/** What a decision was made from. */
export interface DecidedOn {
  readonly board: Board;
  readonly view: StrategyView;
  readonly tick: string;
  readonly digest: Digest;
}

/** Everything that was decided in a book: every exit, signal and re-peg with what was asked of it and what it was made from. */
export function decisionNotes({ considered, exits }: Decision, book: Book, on: DecidedOn): readonly Note[] {
  return [
    ...exits.filter((exit) => exit.book === book).map((exit) => exitNote(exit, on)),
    ...considered.filter((one) => one.book === book).map((one) => (one.repeg ? repegNote(one, one.repeg, on) : signalNote(one, on))),
  ];
}

function signalNote({ signal, sized, verdict }: Considered, on: DecidedOn): Note {
  return {
    kind: 'decision',
    subject: verdict?.approved ? clientOrderId(verdict.approved.key, on.digest) : signal.ticker,
    body: { signal, sized, results: verdict?.results, approved: verdict?.approved !== undefined, seen: seenOf(signal, on) },
  };
}

function repegNote({ signal }: Considered, { repeg, verdict }: RepegDecision, on: DecidedOn): Note {
  const { id, from, to, number, bounds } = repeg;
  const body = { from, to, number, ...bounds, results: verdict.results, approved: verdict.approved !== undefined };
  return { kind: 're-peg', subject: id, body: { ...body, seen: seenOf(signal, on) } };
}

function exitNote({ position, reason, verdict }: ExitDecision, on: DecidedOn): Note {
  return {
    kind: 'exit',
    subject: verdict.approved ? clientOrderId(verdict.approved.key, on.digest) : position.ticker,
    body: { position, reason, results: verdict.results, approved: verdict.approved !== undefined, seen: seenOf(position, on) },
  };
}

/** The quote and forecast seen, and a hash of all that was: the recording under the tick gives the same one. */
function seenOf({ ticker, side }: { readonly ticker: string; readonly side: Side }, { board, view, tick, digest }: DecidedOn) {
  const row = board.rowOf(ticker);
  if (row === undefined) return undefined;
  const { rules: _text, ...terms } = board.terms(row);
  const quote = heldQuote(board, row, side);
  const forecast = view.forecast(ticker);
  const past = [board.dayAgo(row), board.weekAgo(row), board.knownClose(row)].map((value) => (Number.isNaN(value) ? null : value));
  const inputs = digest(canonicalJson({ quote, terms, past, forecast }) ?? '');
  return { tick, ...quote, ...(forecast === undefined ? {} : { forecast }), rulesHash: terms.rulesHash, inputs };
}
