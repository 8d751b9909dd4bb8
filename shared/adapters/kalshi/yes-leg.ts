import { type Action, opposite, type Price, priceText, type Side } from '../../domain/money.ts';

/** An order as the exchange's YES book sees it. */
export interface YesLeg {
  readonly side: 'bid' | 'ask';
  /** Dollars of YES, text. */
  readonly price: string;
}

/** Buying YES and selling NO are bids for YES; NO at q is YES at 1 − q. */
export function yesLeg(side: Side, action: Action, price: Price): YesLeg {
  return {
    side: (side === 'yes') === (action === 'buy') ? 'bid' : 'ask',
    price: priceText(side === 'yes' ? price : opposite(price)),
  };
}
