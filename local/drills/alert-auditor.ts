import type { OpenAlert } from '../../shared/domain/words/alert-policy.ts';
import type { ToldAlert } from '../../shared/jobs/alerts/deliver-alerts.ts';
import { HISTORY } from '../../shared/jobs/alerts/deliver-alerts.ts';
import { openAlerts } from '../../shared/jobs/alerts/raise-alerts.ts';
import type { Violation } from './auditor.ts';
import { BOOK, type Stage } from './stage.ts';

const STOPPED = `${BOOK}:breaker`;

/** After a check of alerts, or a sync that stopped the book: a stop that stands is open, once, and a halt went out. */
export async function stopIsTold({ store }: Stage): Promise<readonly Violation[]> {
  const breaker = await store.breakers.read(BOOK);
  if (breaker.state === 'active') return [];
  const open = (await openAlerts({ store }, BOOK)).filter(({ alert }) => alert.cause === STOPPED);
  if (open.length !== 1) return [`${open.length} alerts are open for a book that is ${breaker.state}: ${breaker.detail}`];
  return breaker.state === 'halted' && !open.some(wentOut) ? [`the halt was not sent to anybody: ${breaker.detail}`] : [];
}

/** When the storm is over: what was to go out has gone out, and nobody was shown the same twice. */
export async function everythingIsTold({ store, told }: Stage): Promise<readonly Violation[]> {
  const reached = new Set(told.map(({ id }) => id));
  const found: Violation[] = [];
  for (const { body } of await store.records.list(HISTORY)) {
    const { alert, deliveries } = body as ToldAlert;
    const open = Object.values(deliveries).filter(({ state }) => state !== 'delivered');
    if (open.length > 0) found.push(`${alert.subject}: ${open.map(({ state, tries }) => `${state} after ${tries} tries`).join()}`);
    if (Object.keys(deliveries).length > 0 && !reached.has(alert.id)) found.push(`${alert.subject}: delivered to nobody`);
  }
  const causes = (await openAlerts({ store }, BOOK)).map(({ alert }) => alert.cause);
  for (const cause of new Set(causes)) {
    const times = causes.filter((other) => other === cause).length;
    if (times > 1) found.push(`${cause} is shown ${times} times`);
  }
  return found;
}

function wentOut({ told }: OpenAlert): boolean {
  return told.email !== undefined;
}
