import * as z from 'zod/mini';
import type { Book } from '../../domain/book.ts';
import { books } from '../../domain/book.ts';
import type { Price } from '../../domain/money.ts';
import { contractsText, priceText } from '../../domain/money.ts';
import { plural } from '../../domain/words/amounts.ts';
import { emergencyStop } from '../../domain/words/trading-alerts.ts';
import { acknowledgeAlert } from '../../jobs/alerts/acknowledge-alert.ts';
import { alertNow } from '../../jobs/alerts/raise-alerts.ts';
import { cancelAll, halt, pause, resume } from '../../jobs/control.ts';
import { type EmergencyIo, emergency } from '../../jobs/emergency.ts';
import type { Executed } from '../../jobs/execute.ts';
import type { Flattened } from '../../jobs/flatten.ts';
import { flatten } from '../../jobs/flatten.ts';
import { sync } from '../../jobs/sync.ts';
import { askFunction } from '../ask-function.ts';
import { deskSettings } from '../desk-settings.ts';
import type { Run } from '../handle.ts';
import { openBooks } from '../open-books.ts';
import { alertParts } from '../open-watch.ts';
import type { Parts } from '../parts.ts';
import { shardTrades } from '../shard-trades.ts';
import { surroundingsOf } from '../surroundings.ts';

const request = z.object({
  action: z.enum(['pause', 'resume', 'halt', 'cancel-all', 'flatten', 'emergency', 'acknowledge']),
  book: z.optional(z.enum(books)),
  /** Who asks, for the journal. */
  name: z._default(z.string().check(z.minLength(1)), 'by hand'),
  reason: z._default(z.string(), ''),
  /** Alert to acknowledge. */
  cause: z.optional(z.string()),
  /** With an emergency: sell everything too. */
  close: z._default(z.boolean(), false),
  /** Flatten this market only. */
  ticker: z.optional(z.string().check(z.minLength(1))),
  /** Least price to sell at when flattening, ten-thousandths of a dollar. */
  floor: z._default(z.int().check(z.gte(1), z.lte(9_999)), 100),
});
type Request = z.output<typeof request>;

/** What a person asks for by hand: stop, go on, cancel, sell, or say that an alert was seen. */
export const controlRun: Run = async ({ parts, payload, tick }) => {
  const parsed = request.safeParse(payload);
  if (!parsed.success) {
    const said = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    throw new Error(`control: ${said}. Fix: send {"action":"pause","reason":"…"}`);
  }
  const asked = parsed.data;
  if (asked.action === 'acknowledge') return acknowledge(parts, asked.cause);
  const book = asked.book ?? parts.config.mode;
  const io = await controlIo(parts);
  const done = await act(io, book, asked, tick);
  if (asked.action !== 'emergency') return { ...done };
  return { ...done, message: `${done.message}\n${await analysisOf(parts, asked.reason)}` };
};

interface Done {
  readonly ok: boolean;
  readonly message: string;
  readonly fix?: string;
}

async function act(io: EmergencyIo, book: Book, { action, name, reason, close, floor, ticker }: Request, epoch: string): Promise<Done> {
  const by = { name, reason };
  switch (action) {
    case 'pause':
      return fine((await pause(io, book, by)).state === 'halted' ? 'halted already, and stays so' : 'new buys paused, exits still run');
    case 'resume':
      await resume(io, book, by);
      return fine('new buys on again');
    case 'halt':
      return fine(`halted, ${plural((await halt(io, book, by)).cancelled, 'resting order')} cancelled`);
    case 'cancel-all':
      await cancelAll(io, book, by);
      return fine('everything that rested was cancelled');
    case 'flatten':
      return flattened(await flatten(io, book, { floor: floor as Price, epoch, ...(ticker === undefined ? {} : { ticker }) }));
    default: {
      const steps = await emergency(io, book, { by, floor: close ? (floor as Price) : undefined, epoch });
      const message = steps.map((step) => `${step.ok ? '✓' : '✗'} ${step.name}: ${step.detail}`).join('\n');
      return steps[0]?.ok ? fine(message) : { ok: false, message, fix: 'do it on kalshi.com, then pilot doctor' };
    }
  }
}

function fine(message: string): Done {
  return { ok: true, message };
}

/** What each sale came to, in words a person can check against the positions. */
function flattened({ executed, refused }: Flattened): Done {
  const sales = executed.map((one) => `${one.order.ticker}: ${saleText(one)}`);
  const lines = [...sales, ...refused.map(({ ticker, why }) => `${ticker}: not sent, ${why}`)];
  const message = lines.length === 0 ? 'nothing of ours is held' : lines.join('\n');
  const sold = refused.length === 0 && executed.every((one) => 'receipt' in one && one.receipt.state === 'filled');
  return sold ? fine(message) : { ok: false, message, fix: 'look at the positions, then try again at a lower price' };
}

function saleText(one: Executed): string {
  if ('notReserved' in one) return `not sent, ${'detail' in one.notReserved ? one.notReserved.detail : 'it was sent before'}`;
  const { receipt, order } = one;
  if (receipt.state === 'unknown') return `sent, what became of it is not known yet: ${receipt.detail}`;
  if (receipt.state === 'rejected') return `rejected: ${receipt.detail}`;
  return `${contractsText(receipt.filled)} of ${contractsText(order.count)} sold, at ${priceText(order.price)} or better`;
}

/** Thinking comes last, and on its own: what was stopped stays stopped whether or not anybody can think. */
async function analysisOf({ environment, standIns }: Parts, reason: string): Promise<string> {
  const start = standIns?.start ?? ((name) => askFunction(environment.PILOT_FUNCTION_PREFIX ?? '', name, { reason }, 'start'));
  try {
    await start('emergency-analysis');
    return '✓ analysis: asked for, `pilot report --latest` shows it';
  } catch (error) {
    return `✗ analysis: ${error instanceof Error ? error.message : String(error)}. Fix: pilot emergency --analyze-only --reason TEXT`;
  }
}

async function acknowledge({ store, clock }: Parts, cause: string | undefined): Promise<Readonly<Record<string, unknown>>> {
  if (cause === undefined) throw new Error('control: cause is missing. Fix: name the alert to acknowledge, as `pilot alerts` shows it');
  const found = await acknowledgeAlert({ records: store.records, clock }, cause);
  return found ? { ok: true, message: `${cause} acknowledged` } : { ok: false, message: `${cause} is not open`, fix: 'pilot alerts' };
}

async function controlIo(parts: Parts): Promise<EmergencyIo> {
  const { market, books: opened } = await openBooks(parts);
  const { limits, protections } = deskSettings(parts.config);
  const status = await market.status().catch(() => undefined);
  const shared = { ...parts, market, limits, protections };
  return {
    ...shared,
    brokers: new Map(opened.map(({ book, broker }) => [book, broker])),
    shardOpen: (shard) => (status === undefined ? undefined : shardTrades(status, shard)),
    sync: async (book) => {
      const open = opened.find((one) => one.book === book);
      if (!open) return;
      const surroundings = () => surroundingsOf(parts, market, book);
      await sync(
        { ...shared, account: open.account, surroundings, ...(open.settle ? { settle: () => open.settle?.() ?? Promise.resolve() } : {}) },
        book,
      );
    },
    alert: (book, facts) => alertNow(alertParts(parts), [emergencyStop({ at: parts.clock.now(), book }, facts)]),
  };
}
