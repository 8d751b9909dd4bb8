import type { Contracts, Millis, Price } from '../../../shared/domain/money.ts';
import type { MarketFacts } from '../world/world.ts';
import type { AccountFill } from './account.ts';
import type { Order } from './order.ts';
import type { BookSide } from './order-book.ts';

/** A print on the tape. */
export interface Print {
  readonly id: string;
  readonly at: Millis;
  readonly price: Price;
  readonly count: Contracts;
  /** The taker bought YES. */
  readonly buy: boolean;
}

export type LifecycleWord =
  | 'created'
  | 'activated'
  | 'deactivated'
  | 'close_date_updated'
  | 'determined'
  | 'settled'
  | 'price_level_structure_updated';

/** What happens on the floor, in the order in which it happens. */
export type Happening =
  | {
      readonly kind: 'level';
      readonly market: MarketFacts;
      readonly at: Millis;
      readonly side: BookSide;
      readonly price: Price;
      readonly delta: number;
      readonly order: Order | undefined;
    }
  | { readonly kind: 'trade'; readonly market: MarketFacts; readonly at: Millis; readonly print: Print }
  | { readonly kind: 'fill'; readonly at: Millis; readonly fill: AccountFill }
  | { readonly kind: 'order'; readonly at: Millis; readonly order: Order }
  | { readonly kind: 'lifecycle'; readonly market: MarketFacts; readonly at: Millis; readonly word: LifecycleWord };

export type Tell = (happening: Happening) => void;
