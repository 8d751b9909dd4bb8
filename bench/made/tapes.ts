import { mix, share, whole } from '../../local/exchange/world/chance.ts';
import type { TapeFile } from '../../local/replay/tape-files.ts';
import { tapeOf } from '../../local/replay/tape-files.ts';

const TAPES = 10;
const MESSAGES = 40_000;
const START = Date.UTC(2026, 7, 5);
const QUARTER = 900_000;

/** Tapes of order books in the form in which the exchange sends them: a snapshot, then changes around a wandering mid. */
export function makeTapes(tapes = TAPES, messages = MESSAGES): readonly TapeFile[] {
  return Array.from({ length: tapes }, (_, tape) => {
    const ticker = `KXMADE15M-26AUG05${String(tape).padStart(2, '0')}-00`;
    return tapeOf(ticker, makeLines(ticker, tape, messages).join('\n'), new Map());
  });
}

type Side = 'yes' | 'no';

function makeLines(ticker: string, tape: number, messages: number): readonly string[] {
  const books: Record<Side, Map<number, number>> = { yes: new Map(), no: new Map() };
  for (let cent = 1; cent < 45; cent++) for (const side of ['yes', 'no'] as const) books[side].set(cent, 5_000);
  const levels = (side: Side) => [...books[side]].map(([cent, count]) => [dollars(cent), fixed(count)]);
  const at = (message: number) => START + tape * QUARTER + Math.floor((message * QUARTER) / messages);
  const line = (message: number, type: string, msg: object) =>
    JSON.stringify({
      recv_ms: at(message),
      event: { type, sid: 1, seq: message + 1, msg: { market_ticker: ticker, market_id: ticker, ...msg } },
    });
  const lines = [line(0, 'orderbook_snapshot', { yes_dollars_fp: levels('yes'), no_dollars_fp: levels('no') })];
  for (let message = 1; message < messages; message++) {
    const word = mix(tape, message);
    const side: Side = share(word) < 0.5 ? 'yes' : 'no';
    const best = Math.max(0, ...books[side].keys());
    const other = Math.max(0, ...books[side === 'yes' ? 'no' : 'yes'].keys());
    const cent = Math.max(1, Math.min(98, 99 - other, best + 1 - whole(mix(word, 1), 0, 8)));
    const held = books[side].get(cent) ?? 0;
    const delta = held > 0 && share(mix(word, 2)) < 0.5 ? -held : whole(mix(word, 3), 100, 9_000);
    if (held + delta === 0) books[side].delete(cent);
    else books[side].set(cent, held + delta);
    const ts = new Date(at(message)).toISOString();
    lines.push(line(message, 'orderbook_delta', { price_dollars: dollars(cent), delta_fp: fixed(delta), side, ts, ts_ms: at(message) }));
  }
  return lines;
}

function dollars(cent: number): string {
  return (cent / 100).toFixed(4);
}

function fixed(hundredths: number): string {
  return (hundredths / 100).toFixed(2);
}
