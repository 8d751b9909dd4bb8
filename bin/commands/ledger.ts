import { Command } from 'commander';
import type { LedgerEntry } from '../../shared/domain/ledger.ts';
import type { Usd } from '../../shared/domain/money.ts';
import { contractsText, usdText } from '../../shared/domain/money.ts';
import type { TaxLots } from '../../shared/domain/tax-lots.ts';
import { taxLots } from '../../shared/domain/tax-lots.ts';
import { dollars, plural, signedDollars, timeText } from '../../shared/domain/words/amounts.ts';
import type { LastSync } from '../../shared/jobs/last-sync.ts';
import { lastSync } from '../../shared/jobs/last-sync.ts';
import { Exit } from '../exit.ts';
import { printJson } from '../options.ts';
import type { StoreCommandOptions } from '../show.ts';
import { readsStore, withStore } from '../show.ts';
import { NOTHING_BOOKED } from '../views/money.ts';
import { linesText, tableText } from '../views/table.ts';
import type { ViewIo } from '../views/view.ts';
import { isoTime } from '../views/view.ts';

interface LedgerOptions extends StoreCommandOptions {
  readonly csv?: boolean;
}

/** `pilot ledger`: a book's money and its tax lots, first in, first out. */
export function ledgerCommand(): Command {
  return readsStore(new Command('ledger'))
    .description('money in and out, gains and what is open, lot by lot, first in, first out')
    .addHelpText('before', 'Examples: pilot ledger\n          pilot ledger --csv > lots.csv\n')
    .option('--csv', 'a line per lot: kind,ticker,side,count,opened,closed,cost,proceeds,gain')
    .action((options: LedgerOptions) => withStore(options, (io) => print(io, options)));
}

async function print({ store, book, zone }: ViewIo, options: LedgerOptions): Promise<void> {
  const entries: LedgerEntry[] = [];
  for await (const entry of store.ledger.entries(book)) entries.push(entry);
  const [lots, { ledger }] = [taxLots(entries), await store.ledger.head(book)];
  if (lots.cash !== ledger.cash) {
    throw new Exit(
      1,
      `lots add up to $${usdText(lots.cash)}, the ledger holds $${usdText(ledger.cash)}. Fix: run it again while nothing is booked`,
    );
  }
  const synced = await lastSync(store, book);
  if (options.csv) process.stdout.write(csvOf(lots));
  else if (options.json) printJson({ ...jsonOf(lots), exchange: exchangeJson(synced) });
  else process.stdout.write(`${textOf(lots, book)}${exchangeText(synced, lots.cash, zone)}`);
}

/** What the exchange showed at the last sync; null before the first. */
function exchangeJson(synced: LastSync | undefined) {
  if (synced?.account === undefined) return null;
  return { at: isoTime(synced.at), cash: usdText(synced.account.cash), heldAtMost: usdText(synced.account.held) };
}

/** Resting orders hold cash that the exchange does not show: only beyond what they can hold is a difference one. */
function exchangeText(synced: LastSync | undefined, cash: Usd, zone: string): string {
  if (synced?.account === undefined) return '  exchange  not compared yet: pilot run sync\n';
  const less = cash - synced.account.cash;
  const agrees =
    less === 0
      ? 'agrees to the micro-dollar'
      : less > 0 && less <= synced.account.held
        ? 'the rest is held by orders that rest'
        : 'differs: pilot status';
  return `  exchange  $${usdText(synced.account.cash)}   (${timeText(synced.at, zone)}: ${agrees})\n`;
}

function csvOf({ closed, open }: TaxLots): string {
  const rows = [
    ...closed.map((lot) => [
      lot.how,
      ...lotColumns(lot),
      isoTime(lot.closedAt),
      usdText(lot.cost),
      usdText(lot.proceeds),
      usdText(lot.gain),
    ]),
    ...open.map((lot) => ['open', ...lotColumns(lot), '', usdText(lot.cost), '', '']),
  ];
  return ['kind,ticker,side,count,opened,closed,cost,proceeds,gain', ...rows.map((row) => row.join(','))]
    .map((line) => `${line}\n`)
    .join('');
}

function lotColumns({ ticker, side, count, openedAt }: TaxLots['open'][number]): readonly string[] {
  return [ticker, side, contractsText(count), isoTime(openedAt)];
}

function jsonOf({ closed, open, deposits, cash }: TaxLots) {
  return {
    deposits: usdText(deposits),
    gain: usdText(sum(closed.map(({ gain }) => gain))),
    open: usdText(costOf(open)),
    cash: usdText(cash),
    lots: closed.length,
  };
}

function textOf({ closed, open, deposits, cash }: TaxLots, book: string): string {
  const gain = sum(closed.map((lot) => lot.gain));
  const rows = [
    ['  deposits', dollars(deposits), ''],
    ['+ gains', signedDollars(gain), `${plural(closed.length, 'lot')} closed`],
    ['- open', dollars(costOf(open)), `${plural(open.length, 'lot')}, at cost`],
    ['= cash', dollars(cash), ''],
  ];
  const columns = [{ title: '' }, { title: 'Amount', right: true as const }, { title: '' }];
  const unbooked = `  Nothing is known yet (${NOTHING_BOOKED}). The first sync opens the book: pilot run sync`;
  return linesText([
    `${book.toUpperCase()} · ledger`,
    '',
    ...(deposits === 0 && closed.length + open.length === 0 ? [unbooked] : tableText(columns, rows)),
  ]);
}

function costOf(open: TaxLots['open']) {
  return sum(open.map(({ cost }) => cost));
}

function sum<Amount extends number>(amounts: readonly Amount[]): Amount {
  return amounts.reduce<number>((total, amount) => total + amount, 0) as Amount;
}
