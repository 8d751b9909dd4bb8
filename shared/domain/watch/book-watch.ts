import type { Breaker } from '../breaker.ts';
import type { Learned } from '../forecasting/learn.ts';
import type { Millis } from '../money.ts';
import type { OrderIntent, OrderRecord } from '../order.ts';
import type { Alert, Moment } from '../words/alert.ts';
import { centsText, countText } from '../words/amounts.ts';
import { aiWeightZero, noTrades } from '../words/system-alerts.ts';
import { buysPaused, orderRejected, orderUnknown, tradingHalted } from '../words/trading-alerts.ts';

/** What a stopped breaker says; nothing while it is active. */
export function breakerAlert(
  moment: Moment,
  breaker: Breaker,
  left: { readonly cancelled: number; readonly positions: number },
): Alert | undefined {
  if (breaker.state === 'halted') return tradingHalted(moment, breaker, left);
  return breaker.state === 'reducing' ? buysPaused(moment, breaker) : undefined;
}

/** Orders nobody can tell about, and those refused since the last look. */
export function orderAlerts(
  moment: Moment,
  { live, recent }: { readonly live: readonly OrderRecord[]; readonly recent: readonly OrderRecord[] },
  since: Millis,
): readonly Alert[] {
  const unknown = live.filter(({ state }) => state === 'unknown');
  const rejected = recent.filter(({ state, updatedAt }) => state === 'rejected' && updatedAt > since);
  return [
    ...unknown.map((record) => orderUnknown(moment, { ...orderWords(record), sentAt: record.sentAt ?? record.updatedAt })),
    ...rejected.map((record) => orderRejected(moment, { ...orderWords(record), ...refusalOf(record) })),
  ];
}

/** Models that do worse than the market's own price and therefore weigh nothing. */
export function modelAlerts(moment: Moment, learned: Learned | undefined): readonly Alert[] {
  return Object.entries(learned?.models ?? {}).flatMap(([model, { state, test }]) =>
    state === 'lost' ? [aiWeightZero(moment, { model, settled: test.events, skill: test.gain })] : [],
  );
}

/** Nothing was ordered for too long while it could have been. `since` is the last order, or when the watch began. */
export function idleAlert(
  moment: Moment,
  { since, days, nearestMiss }: { readonly since: Millis; readonly days: number; readonly nearestMiss: string | undefined },
): Alert | undefined {
  return moment.at - since > days * 86_400_000 ? noTrades(moment, { since, nearestMiss }) : undefined;
}

/** `buy 20 YES at 52¢`. */
export function orderText({ action, count, side, price }: Pick<OrderIntent, 'action' | 'count' | 'side' | 'price'>): string {
  return `${action} ${countText(count)} ${side.toUpperCase()} at ${centsText(price)}`;
}

function orderWords({ id, intent }: OrderRecord) {
  return { id, ticker: intent.ticker, what: orderText(intent) };
}

/** A refusal is kept as `code: detail Fix: fix`. */
function refusalOf({ detail = 'unknown' }: OrderRecord): { readonly code: string; readonly fix: string } {
  const [said = detail, fix = 'see pilot doctor'] = detail.split(' Fix: ');
  return { code: said.split(': ')[0] ?? said, fix };
}
