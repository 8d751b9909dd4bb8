import { expect, it } from 'vitest';
import { scheduledEvents } from '../../../shared/adapters/kalshi/scheduled-events.ts';
import { onAir } from '../../local/exchange/on-air.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const hour = 3_600_000;

it('what is planned for an event is told soonest first, and only with a time to come and a title', async () => {
  const milestones = [
    { title: 'The final', start_date: now + 5 * hour },
    { title: 'The draw', start_date: now + hour },
    { title: undefined, start_date: now + hour },
    { title: 'Some day', start_date: undefined },
    { title: 'Over', start_date: now - 1 },
  ];
  const asked: unknown[] = [];
  const call = async (_endpoint: unknown, { query }: { readonly query: unknown }) => {
    asked.push(query);
    return { milestones };
  };
  expect(await scheduledEvents({ call } as never, 'KXGAME-1', now)).toEqual([
    { title: 'The draw', at: now + hour },
    { title: 'The final', at: now + 5 * hour },
  ]);
  expect(asked).toEqual([{ limit: 100, related_event_ticker: 'KXGAME-1', minimum_start_date: '2026-11-20T12:00:00.000Z' }]);
});

it('an event of the exchange has its own milestones and nobody else\u2019s', async () => {
  const room = await onAir({ markets: 200 });
  const { transport, marketData } = await room.connect();
  const now = room.clock.now();
  const events = new Set<string>();
  for await (const page of marketData.scan()) for (const event of page.event) if (event.startsWith('KXGAME')) events.add(event);
  const planned = await Promise.all([...events].slice(0, 20).map((event) => scheduledEvents(transport, event, now)));
  expect(Math.max(...planned.map(({ length }) => length))).toBe(1);
  expect(await scheduledEvents(transport, 'KXNONE-1', now)).toEqual([]);
});
