import type { Book } from '../domain/book.ts';
import type { Price } from '../domain/money.ts';
import type { Emergency } from '../domain/words/trading-alerts.ts';
import type { ByHand } from './control.ts';
import { cancelAll, halt } from './control.ts';
import type { Flattened, FlattenIo } from './flatten.ts';
import { flatten } from './flatten.ts';

export interface EmergencyIo extends FlattenIo {
  /** Books what became of cancelled orders, so that flattening finds its markets free. */
  sync(book: Book): Promise<unknown>;
  alert(book: Book, emergency: Emergency): Promise<void>;
}

/** One step of an emergency and whether it worked; a failure says what is left to do. */
export interface EmergencyStep {
  readonly name: 'stop' | 'cancel-all' | 'flatten' | 'alert';
  readonly ok: boolean;
  readonly detail: string;
}

/**
 * Stop, cancel everything, sell if asked to, tell. In this order, each whatever became of the one before: a failure is
 * reported and undoes nothing. The analysis is asked for by whoever called.
 */
export async function emergency(
  io: EmergencyIo,
  book: Book,
  { by, floor, epoch }: { readonly by: ByHand; readonly floor: Price | undefined; readonly epoch: string },
): Promise<readonly EmergencyStep[]> {
  const steps: EmergencyStep[] = [];
  const step = async <T>(name: EmergencyStep['name'], act: () => Promise<T>, say: (done: T) => string): Promise<T | undefined> => {
    try {
      const done = await act();
      steps.push({ name, ok: true, detail: say(done) });
      return done;
    } catch (error) {
      steps.push({ name, ok: false, detail: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  };
  const before = await io.store.orders.live(book).catch(() => []);
  await step(
    'stop',
    () => halt(io, book, by),
    ({ breaker, cancelled }) => `${breaker.state}, ${cancelled} entries cancelled`,
  );
  await step(
    'cancel-all',
    () => cancelAll(io, book, by).then(() => io.sync(book)),
    () => 'everything that rested was cancelled',
  );
  const sold = floor && (await step('flatten', () => flatten(io, book, { floor, epoch }), flattenText));
  await step(
    'alert',
    () => tell(io, book, { reason: by.reason, before, sold }),
    () => 'told',
  );
  return steps;
}

function flattenText({ executed, refused }: Flattened): string {
  const left = refused.map(({ ticker, why }) => `${ticker}: ${why}`).join('; ');
  return `${executed.length} sales sent${left === '' ? '' : `; not sent: ${left}`}`;
}

interface Told {
  readonly reason: string;
  readonly before: readonly { readonly id: string }[];
  readonly sold: Flattened | undefined;
}

async function tell(io: EmergencyIo, book: Book, { reason, before, sold }: Told): Promise<void> {
  const [live, { ledger }] = await Promise.all([io.store.orders.live(book), io.store.ledger.head(book)]);
  const still = new Set(live.map(({ id }) => id));
  const closed = sold?.executed.filter((one) => 'receipt' in one && one.receipt.state === 'filled').length;
  await io.alert(book, {
    reason,
    orders: before.length,
    cancelled: before.filter(({ id }) => !still.has(id)).length,
    positions: ledger.positions.size,
    ...(closed === undefined ? {} : { flattened: { closed, proceeds: undefined } }),
  });
}
