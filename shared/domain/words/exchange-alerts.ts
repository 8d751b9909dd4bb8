import type { Contracts, Millis, Price, Usd } from '../money.ts';
import type { Difference } from '../reconcile.ts';
import type { Alert, Moment } from './alert.ts';
import { alertOf, marketName } from './alert.ts';
import { ageText, centsText, countText, dollars, percent, plural } from './amounts.ts';

/** After this long without a sync positions may have changed unseen: critical. */
const SYNC_DOWN = 20 * 60_000;

export function syncFailing(
  moment: Moment,
  failing: { readonly since: Millis; readonly error: string; readonly everyMinutes: number },
): Alert {
  const down = moment.at - failing.since;
  return alertOf(moment, {
    type: down > SYNC_DOWN ? 'CRITICAL' : 'WARNING',
    kind: 'sync',
    headline: `sync failing ${ageText(down)} (${failing.error})`,
    subject: `sync failing ${ageText(down)}, ${failing.error}`,
    happened: 'Positions may be stale, no new orders',
    done: `Will retry every ${failing.everyMinutes} min`,
    advice: '',
    commands: ['pilot doctor', 'pilot run sync'],
    values: { 'Failing for': ageText(down), Error: failing.error },
    restored: 'Positions are those of the exchange again.',
  });
}

export function reconciliationBreak(moment: Moment, differences: readonly Difference[]): Alert {
  const said = differences.map((difference): [string, string] => [difference.ticker ?? 'cash', sidesText(difference)]);
  const [place, sides] = said[0] ?? ['books', 'unknown'];
  return alertOf(moment, {
    type: 'CRITICAL',
    kind: 'reconciliation',
    headline: `BOOKS DISAGREE, ${plural(differences.length, 'difference')}`,
    subject: `books disagree, ${plural(differences.length, 'difference')} (limit 0), ${sides}, ${place}`,
    happened: `${sides}: ${place}`,
    done: 'Trading halted, nothing was changed',
    advice: 'See: pilot status. Then: pilot resume',
    commands: ['pilot status', 'pilot run sync', 'pilot resume --reason TEXT'],
    values: Object.fromEntries(said.slice(0, 8)),
    restored: 'Books agree with Kalshi again.',
  });
}

function sidesText({ what, ledger, exchange }: Difference): string {
  const write = (value: number) => {
    if (what === 'cash') return dollars(value as Usd);
    return `${countText(Math.abs(value) as Contracts)} ${value < 0 ? 'NO' : 'YES'}`;
  };
  return `${write(ledger)} here, ${write(exchange)} at Kalshi`;
}

export function feeDivergence(
  moment: Moment,
  fee: { readonly ticker: string; readonly charged: Usd; readonly predicted: Usd; readonly limit: Usd },
): Alert {
  return alertOf(moment, {
    type: 'CRITICAL',
    kind: 'fee-divergence',
    headline: `FEES DIFFER ${dollars(fee.charged)} charged`,
    subject: `fees differ, ${dollars(fee.charged)} charged, ${dollars(fee.predicted)} computed (limit ${dollars(fee.limit)})`,
    happened: `Computed ${dollars(fee.predicted)}, limit ${dollars(fee.limit)}, ${fee.ticker}`,
    done: 'Trading halted. The charged fee was booked',
    advice: 'See: pilot status. Then: pilot resume',
    commands: ['pilot status', 'pilot resume --reason TEXT'],
    values: { Market: fee.ticker, Charged: dollars(fee.charged), Computed: dollars(fee.predicted), Limit: dollars(fee.limit) },
    restored: 'Fees are as computed again.',
  });
}

export interface MarketWords {
  readonly ticker: string;
  readonly title?: string;
}

export function priceDrop(
  moment: Moment,
  { ticker, title, from, to, window }: MarketWords & { readonly from: Price; readonly to: Price; readonly window: string },
): Alert {
  const drop = percent(1 - to / from);
  return alertOf(moment, {
    type: 'WARNING',
    kind: 'price-drop',
    subjectOf: ticker,
    headline: `price drop ${drop} in ${window}`,
    subject: `price drop ${drop} in ${window}, ${ticker}`,
    happened: `${marketName(ticker, title, 80)} fell from ${centsText(from)} to ${centsText(to)}`,
    done: 'Offered to the strategies',
    advice: 'See: pilot why',
    commands: [`pilot why ${ticker}`],
    values: { Market: ticker, Before: centsText(from), Now: centsText(to), Drop: drop },
  });
}

export function tightSpread(
  moment: Moment,
  { ticker, title, bid, ask }: MarketWords & { readonly bid: Price; readonly ask: Price },
): Alert {
  const spread = centsText(ask - bid);
  return alertOf(moment, {
    type: 'WARNING',
    kind: 'tight-spread',
    subjectOf: ticker,
    headline: `spread tightened to ${spread}`,
    subject: `spread ${spread}, ${ticker}`,
    happened: `${marketName(ticker, title, 80)} is ${centsText(bid)} to ${centsText(ask)}`,
    done: 'Offered to the strategies',
    advice: 'See: pilot why',
    commands: [`pilot why ${ticker}`],
    values: { Market: ticker, Bid: centsText(bid), Ask: centsText(ask) },
  });
}

export function newMarket(moment: Moment, { ticker, title, closesAt }: MarketWords & { readonly closesAt: Millis }): Alert {
  const left = ageText(closesAt - moment.at);
  return alertOf(moment, {
    type: 'WARNING',
    kind: 'new-market',
    subjectOf: ticker,
    headline: `new market, ends in ${left}`,
    subject: `new market, ends in ${left}, ${ticker}`,
    happened: marketName(ticker, title, 80),
    done: 'Offered to the strategies',
    advice: 'See: pilot why',
    commands: [`pilot why ${ticker}`],
    values: { Market: ticker, 'Ends in': left },
  });
}

/** `changed` names what is different: rules, close time, price ranges. */
export function rulesChanged(moment: Moment, { ticker, title, changed }: MarketWords & { readonly changed: readonly string[] }): Alert {
  return alertOf(moment, {
    type: 'CRITICAL',
    kind: 'rules-changed',
    subjectOf: ticker,
    headline: 'MARKET CHANGED while you hold it',
    subject: `${changed.join(', ')} changed on ${ticker}, which you hold`,
    happened: `new ${changed.join(', ')}: ${marketName(ticker, title)}`,
    done: 'It is decided afresh at the next tick',
    advice: 'See: pilot why',
    commands: [`pilot why ${ticker}`, 'pilot positions'],
    values: { Market: ticker, Changed: changed.join(', ') },
  });
}
