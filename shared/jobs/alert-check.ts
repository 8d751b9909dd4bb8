import type { Book } from '../domain/book.ts';
import type { Moment } from '../domain/words/alert.ts';
import { riskAlerts } from '../domain/words/risk-alerts.ts';
import { deliveryFailed } from '../domain/words/system-alerts.ts';
import { deliverAlerts } from './alerts/deliver-alerts.ts';
import type { LastLook, LookIo } from './alerts/look-for-alerts.ts';
import { lookForAlerts } from './alerts/look-for-alerts.ts';
import type { AlertIo } from './alerts/raise-alerts.ts';
import { raiseAlerts } from './alerts/raise-alerts.ts';
import type { HealthIo } from './health.ts';
import { lookAtHealth } from './health.ts';

export interface AlertCheckIo extends HealthIo, LookIo, Omit<AlertIo, 'store' | 'clock'> {}

export interface AlertChecked {
  /** What the look found, open before or not. */
  readonly found: number;
  /** Messages that were due now. */
  readonly told: number;
  /** Deliveries that failed and will be tried again. */
  readonly failed: number;
}

/** Looks at a book, decides who must be told what, and delivers it with all that is outstanding. */
export async function alertCheck(io: AlertCheckIo, book: Book): Promise<AlertChecked> {
  const { records } = io.store;
  const moment: Moment = { at: io.clock.now(), book };
  const before = (await records.get('alert-look', book)) as LastLook | undefined;
  const [health, looked] = await Promise.all([lookAtHealth(io, book), lookForAlerts(io, moment, before)]);
  const risks = riskAlerts(moment, health);
  const alerts = [...risks.alerts, ...looked.alerts];
  const told = await raiseAlerts(io, book, { ...risks, alerts, judged: [...risks.judged, ...looked.judged] });
  await records.put('alert-look', book, looked.last);
  const failed = await deliverAlerts(io);
  const undelivered = await raiseAlerts(io, book, { alerts: failed.map((failure) => deliveryFailed(moment, failure)), judged: [] });
  return { found: alerts.length, told: told + undelivered, failed: failed.length };
}
