import { expect, it } from 'vitest';
import { getMilestones } from '../../../shared/adapters/kalshi/endpoints/get-milestones.ts';
import { scheduledEvents } from '../../../shared/adapters/kalshi/scheduled-events.ts';
import type { Transport } from '../../../shared/adapters/kalshi/transport.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const hour = 3_600_000;

it('what is planned is told for the events asked about, soonest first, and only with a time and a title', async () => {
  const milestone = (title: string | undefined, start_date: number | undefined, related_event_tickers: readonly string[] | undefined) => ({
    ...{ id: `${title}${start_date}`, title, start_date, related_event_tickers },
  });
  const milestones = [
    milestone('The final', now + 5 * hour, ['KXGAME-1', 'KXGAME-2']),
    milestone('The draw', now + hour, ['KXGAME-1']),
    milestone(undefined, now, ['KXGAME-1']),
    milestone('Some day', undefined, ['KXGAME-1']),
    milestone('Nobody asked', now, ['KXOTHER-1']),
    milestone('Of nothing', now, undefined),
  ];
  const asked: unknown[] = [];
  const call = async (endpoint: unknown, request: unknown) => {
    asked.push(endpoint, request);
    return { milestones };
  };
  const transport = { clock: { now: () => now }, call } as unknown as Transport;
  const planned = await scheduledEvents(transport, ['KXGAME-1', 'KXGAME-2', 'KXNONE-1']);
  expect([...planned]).toEqual([
    [
      'KXGAME-1',
      [
        { title: 'The draw', at: now + hour },
        { title: 'The final', at: now + 5 * hour },
      ],
    ],
    ['KXGAME-2', [{ title: 'The final', at: now + 5 * hour }]],
  ]);
  expect(asked).toEqual([getMilestones, { query: { limit: 500, minimum_start_date: '2026-11-20T12:00:00.000Z' } }]);
});
