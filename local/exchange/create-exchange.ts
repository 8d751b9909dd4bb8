import type { Usd } from '../../shared/domain/money.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { type ApiKey, ApiKeys } from './api/api-keys.ts';
import { TokenBuckets } from './api/token-buckets.ts';
import { restApp } from './app.ts';
import { type Asked, askedBy, type Said } from './asked.ts';
import { type Delivery, deliver, fetched, responseOf } from './delivery.ts';
import { Faults } from './faults.ts';
import { Feed } from './feed/feed.ts';
import type { AccountFile } from './kept/account-file.ts';
import { Keeper } from './kept/keeper.ts';
import { restoreAccount, resumeMarkets } from './kept/restore.ts';
import { Account } from './matching/account.ts';
import { Desk } from './matching/desk.ts';
import { Floor } from './matching/floor.ts';
import type { Happening } from './matching/happening.ts';
import { OrderGroups } from './matching/order-groups.ts';
import { Transfers } from './matching/transfers.ts';
import type { ExchangeSettings, Venue } from './venue.ts';
import { type AmendableWorld, amendableWorld, type MarketAmendment } from './world/amendable-world.ts';
import type { World } from './world/world.ts';

export interface ExchangeOptions {
  readonly world: World;
  readonly clock: Clock;
  readonly keys: readonly ApiKey[];
  readonly seed?: number;
  /** Faults joined by +; see parseFaults. */
  readonly faults?: string;
  readonly settings?: Partial<ExchangeSettings>;
  /** Where the member's account outlives the process; in memory only without it. */
  readonly account?: AccountFile;
}

export interface Exchange {
  readonly venue: Venue;
  readonly faults: Faults;
  /** What WebSocket connections hear, without the socket. */
  readonly feed: Feed;
  /** Like fetch, in process. A lost answer rejects as fetch does. */
  fetch(request: Request): Promise<Response>;
  /** The same without a Request and a Response, whose making costs more than most answers. */
  ask(asked: Asked): Promise<Said>;
  /** What becomes of a request, for a server to carry out. */
  deliver(request: Request): Promise<Delivery>;
  /** Lets time pass up to now. Every request does so first. */
  advance(): void;
  /** The exchange changes a market: its times, its grid, its outcome. */
  amend(ticker: string, change: MarketAmendment): void;
}

/** A thousand dollars on the default shard; nothing elsewhere, so that other shards have to be funded first. */
export const usualSettings: ExchangeSettings = {
  cash: new Map([[0, 1_000_000_000 as Usd]]),
  feeAccount: 'direct',
  idReuse: 'never',
  readLagMs: 400,
  killSwitchTailMs: 0,
  quoteStepMs: 1_000,
  pageDelayMs: 0,
  transferMs: 2_000,
  regionExpiresAt: undefined,
  limits: { tier: 'basic', read: { refill: 200, capacity: 200 }, write: { refill: 100, capacity: 100 } },
  checksSignatures: true,
  timestampWindowMs: 5_000,
};

const LATE_READS = 30_000;
const SKEW = 30_000;

/** The simulated exchange: strict where the real one is, and as unreliable as `faults` says. */
export function createExchange(options: ExchangeOptions): Exchange {
  const tell = (happening: Happening) => {
    keeper?.hear(happening);
    feed.hear(happening);
  };
  const faults = new Faults(options.seed ?? 1, options.faults ?? 'none');
  const world = amendableWorld(options.world);
  const venue = openVenue(options, world, faults, tell);
  const feed = new Feed(venue);
  const keeper = options.account && keptIn(options.account, venue);
  if (options.account) resumeMarkets(venue, options.account);
  const app = restApp(venue);
  const flush = () => {
    keeper?.flush();
    feed.flush();
  };
  const advance = () => {
    letPass(venue, faults);
    flush();
  };
  const amend = (ticker: string, change: MarketAmendment) => amendMarket(venue, ticker, change, tell);
  const carry = async (asked: Asked) => {
    advance();
    const delivery = await deliver({ venue, faults, amend }, asked, app);
    flush();
    return delivery;
  };
  const delivering = async (request: Request): Promise<Delivery> => {
    const delivery = await carry(await askedBy(request));
    return delivery.kind === 'answered' ? { ...delivery, response: responseOf(delivery.response, options.clock) } : delivery;
  };
  return {
    venue,
    faults,
    feed,
    advance,
    amend,
    deliver: delivering,
    fetch: async (request) => fetched(await delivering(request), request.signal, options.clock),
    ask: async (asked) => fetched(await carry(asked), asked.signal, options.clock),
  };
}

function keptIn(file: AccountFile, venue: Venue): Keeper {
  restoreAccount(venue, file);
  return new Keeper(venue, file);
}

function openVenue(
  { clock, keys, seed = 1, settings: asked, account: file }: ExchangeOptions,
  world: AmendableWorld,
  faults: Faults,
  tell: (happening: Happening) => void,
): Venue {
  const settings = { ...usualSettings, ...asked };
  const shards = [...new Set([0, 1, 2, 3, ...settings.cash.keys(), ...world.series.map(({ shard }) => shard)])].toSorted((a, b) => a - b);
  const cash = file?.kept ? new Map(file.kept.cash) : settings.cash;
  const account = new Account('member-1', new Map(shards.map((shard) => [shard, cash.get(shard) ?? (0 as Usd)])), world.earliest);
  const halts = { exchangeDown: false, shardsDown: new Set<number>() };
  const groups = new OrderGroups();
  const floor = new Floor({ world, tell, feeAccount: settings.feeAccount, groups, seed, made: file?.kept?.made ?? 0 });
  floor.accounts.set(account.id, account);
  const now = () => clock.now() + (faults.during('clock-skew', clock.now()) ? SKEW : 0);
  return {
    world,
    clock,
    settings,
    shards,
    halts,
    floor,
    desk: new Desk(floor, halts, settings),
    groups,
    transfers: new Transfers(settings.transferMs),
    keys: new ApiKeys(keys, settings),
    buckets: new TokenBuckets(settings.limits),
    account,
    now,
    readable: () => clock.now() - (faults.during('late-reads', clock.now()) ? LATE_READS : settings.readLagMs),
  };
}

/** Up to now. Bad spells come and go with the time. */
function letPass({ clock, halts, shards, transfers, floor }: Venue, faults: Faults): void {
  const now = clock.now();
  halts.exchangeDown = faults.during('outage', now);
  halts.shardsDown.clear();
  if (faults.during('shard-down', now)) halts.shardsDown.add(shards[Math.floor(now / 60_000) % shards.length] ?? 0);
  transfers.advance(now);
  floor.advance(now);
}

function amendMarket(venue: Venue, ticker: string, change: MarketAmendment, tell: (happening: Happening) => void): void {
  const now = venue.now();
  const { before, after } = venue.world.amend(ticker, change);
  venue.floor.live.get(ticker)?.amend(after, now);
  if (before.ranges !== after.ranges) tell({ kind: 'lifecycle', market: after, at: now, word: 'price_level_structure_updated' });
  if (before.closeAt !== after.closeAt) tell({ kind: 'lifecycle', market: after, at: now, word: 'close_date_updated' });
}
