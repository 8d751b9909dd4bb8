import { Command } from 'commander';
import { fileBlobs } from '../../shared/adapters/files/file-blobs.ts';
import { openStream } from '../../shared/adapters/kalshi/stream/open-stream.ts';
import { recordStream, type StreamRecorder } from '../../shared/adapters/recordings/stream-recorder.ts';
import { priceText } from '../../shared/domain/money.ts';
import type { StreamEvent } from '../../shared/ports/market-stream.ts';
import { commandEnvironment, connectAs } from '../connect.ts';
import { Exit } from '../exit.ts';
import { printJson } from '../options.ts';

interface Options {
  readonly tickers: readonly string[];
  readonly seconds?: number;
  readonly record?: string;
  readonly json?: boolean;
}

/** `pilot stream`: what the exchange says as it happens, until it is interrupted. */
export function streamCommand(): Command {
  return new Command('stream')
    .description('show the live stream: books and trades of some markets, or all trades')
    .addHelpText('before', 'Example: pilot stream --tickers KXFED-26DEC-T3.75,KXFED-26DEC-T4.00 --record recordings\n')
    .option(
      '--tickers <tickers>',
      'markets to watch, separated by commas; all trades when left out',
      (text) => text.split(',').filter(Boolean),
      [],
    )
    .option('--seconds <count>', 'stop after this long', Number)
    .option('--record <folder>', 'keep books and trades there, for pilot replay --recording')
    .option('--json', 'one JSON line an event')
    .action(run);
}

async function run({ tickers, seconds, record, json }: Options): Promise<void> {
  if (seconds !== undefined && !(seconds > 0)) throw new Exit(2, '--seconds: no time. Fix: give a number above 0');
  const kalshi = await connectAs(commandEnvironment());
  const recorder: StreamRecorder | undefined = record === undefined ? undefined : recordStream(fileBlobs(record));
  let refused: Exit | undefined;
  const ended = new AbortController();
  const stream = openStream(kalshi, Math.random, (event) => {
    if (ended.signal.aborted) return;
    recorder?.hear(event);
    if (json) printJson(eventJson(event));
    else process.stdout.write(`${eventText(event)}\n`);
    if (event.kind !== 'refused' || !event.terminal) return;
    refused = new Exit(1, `${event.detail}`);
    ended.abort();
  });
  if (tickers.length > 0) stream.watch('books', tickers);
  stream.watch('trades', tickers);
  await untilEnd(ended.signal, seconds);
  ended.abort();
  await stream.close();
  await recorder?.close();
  if (refused) throw refused;
}

function untilEnd(signal: AbortSignal, seconds: number | undefined): Promise<void> {
  return new Promise((done) => {
    const timer = seconds === undefined ? undefined : setTimeout(done, seconds * 1000);
    const finish = () => {
      clearTimeout(timer);
      done();
    };
    signal.addEventListener('abort', finish);
    process.once('SIGINT', finish);
    process.once('SIGTERM', finish);
  });
}

function eventText(event: StreamEvent): string {
  return `${new Date(event.at).toISOString().slice(11, 23)}  ${event.kind.padEnd(12)}  ${wordsOf(event)}`;
}

function wordsOf(event: StreamEvent): string {
  switch (event.kind) {
    case 'connected':
      return '';
    case 'book': {
      const { ticker, bid, ask, bidSize, askSize } = event.book;
      return `${ticker}  ${quote(bidSize, bid)} / ${quote(askSize, ask)}`;
    }
    case 'trade':
      return `${event.trade.ticker}  ${event.trade.count / 100} at ${priceText(event.trade.price)}, taker ${event.trade.taker}`;
    case 'stale':
      return `${event.tickers.join(', ')}: ${event.detail}`;
    case 'refused':
      return `${event.detail}${event.detail.includes('Fix: ') ? '' : ` Fix: ${event.fix}`}`;
    case 'gap':
    case 'disconnected':
      return event.detail;
    default:
      return JSON.stringify(eventJson(event));
  }
}

function quote(size: number, price: number): string {
  return Number.isNaN(price) ? 'none' : `${size / 100} at ${(price / 10_000).toFixed(4)}`;
}

function eventJson(event: StreamEvent): object {
  const at = new Date(event.at).toISOString();
  if (event.kind !== 'book') return { ...event, at };
  const { ticker } = event.book;
  return { kind: 'book', at, ticker, yes: event.book.levels('yes', 10), no: event.book.levels('no', 10) };
}
