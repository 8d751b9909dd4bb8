import type { Account as AccountKind } from '../../shared/domain/fees.ts';
import type { Millis, Usd } from '../../shared/domain/money.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ApiKeys } from './api/api-keys.ts';
import type { TokenBuckets } from './api/token-buckets.ts';
import type { Account } from './matching/account.ts';
import type { Desk, IdReuse } from './matching/desk.ts';
import type { Floor } from './matching/floor.ts';
import type { Halts } from './matching/halts.ts';
import type { OrderGroups } from './matching/order-groups.ts';
import type { Transfers } from './matching/transfers.ts';
import type { AmendableWorld } from './world/amendable-world.ts';

export interface ExchangeSettings {
  /** Cash of the member by shard, in micro-dollars; a shard that is not listed has none. */
  readonly cash: ReadonlyMap<number, Usd>;
  readonly feeAccount: AccountKind;
  readonly idReuse: IdReuse;
  /** How far reads of orders, fills, positions and balance lag behind. */
  readonly readLagMs: Millis;
  /** The kill switch also cancels orders placed this much later. */
  readonly killSwitchTailMs: Millis;
  /** Quotes of markets without members are worked out anew this often; pages of them are kept as bytes in between. */
  readonly quoteStepMs: Millis;
  /** Every page of markets takes this much longer. */
  readonly pageDelayMs: Millis;
  /** A transfer between shards arrives this much later. */
  readonly transferMs: Millis;
  /** When the member's location attestation lapses; undefined is never. */
  readonly regionExpiresAt: Millis | undefined;
  readonly limits: { readonly tier: string; readonly read: BucketSize; readonly write: BucketSize };
  /** Whether signatures are checked, or only who signs and when: a check costs as much as all else of a request. */
  readonly checksSignatures: boolean;
  /** How far the time of a signature may be from the exchange's own. */
  readonly timestampWindowMs: Millis;
}

/** Tokens per second, and how many can be saved up. */
export interface BucketSize {
  readonly refill: number;
  readonly capacity: number;
}

/** Everything behind the routes. */
export interface Venue {
  readonly world: AmendableWorld;
  readonly clock: Clock;
  readonly settings: ExchangeSettings;
  readonly shards: readonly number[];
  readonly halts: Halts;
  readonly floor: Floor;
  readonly desk: Desk;
  readonly groups: OrderGroups;
  readonly transfers: Transfers;
  readonly keys: ApiKeys;
  readonly buckets: TokenBuckets;
  readonly account: Account;
  /** The exchange's own clock, which a fault can put wrong. */
  now(): Millis;
  /** The time up to which reads of user data are complete. */
  readable(): Millis;
}
