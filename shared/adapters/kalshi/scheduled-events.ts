import type { ScheduledEvent } from '../../domain/forecasting/question.ts';
import type { Millis } from '../../domain/money.ts';
import { getMilestones } from './endpoints/get-milestones.ts';
import type { Transport } from './transport.ts';

/** Most milestones of one event that are read: the soonest. */
const LIMIT = 100;

/** What is planned from now on for an event, soonest first: games, releases, votes. Throws ExchangeError. */
export async function scheduledEvents(transport: Pick<Transport, 'call'>, event: string, now: Millis): Promise<readonly ScheduledEvent[]> {
  const query = { limit: LIMIT, related_event_ticker: event, minimum_start_date: new Date(now).toISOString() };
  const { milestones } = await transport.call(getMilestones, { query });
  return milestones
    .flatMap(({ title, start_date: at }) => (typeof at === 'number' && at >= now && title !== undefined ? [{ title, at }] : []))
    .toSorted((a, b) => a.at - b.at);
}
