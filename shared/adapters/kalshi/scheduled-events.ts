import type { ScheduledEvent } from '../../domain/forecasting/question.ts';
import { getMilestones } from './endpoints/get-milestones.ts';
import type { Transport } from './transport.ts';

/** Most milestones that one look reads: the soonest. */
const LIMIT = 500;

/** What is planned from now on for each of some events, soonest first: games, releases, votes. Throws ExchangeError. */
export async function scheduledEvents(
  transport: Transport,
  events: readonly string[],
): Promise<ReadonlyMap<string, readonly ScheduledEvent[]>> {
  const now = new Date(transport.clock.now()).toISOString();
  const { milestones } = await transport.call(getMilestones, { query: { limit: LIMIT, minimum_start_date: now } });
  const wanted = new Set(events);
  const planned = milestones.flatMap(({ title, start_date, related_event_tickers }) =>
    (related_event_tickers ?? [])
      .filter((event) => wanted.has(event))
      .flatMap((event) => {
        if (typeof start_date !== 'number' || title === undefined) return [];
        return [{ event, item: { title, at: start_date } }];
      }),
  );
  const byEvent = Map.groupBy(planned, ({ event }) => event);
  return new Map([...byEvent].map(([event, items]) => [event, items.map(({ item }) => item).toSorted((a, b) => a.at - b.at)]));
}
