import { expect, it } from 'vitest';
import { firstRound } from '../../../local/runner/first-round.ts';

const done = (job: string, facts: object) => JSON.stringify({ level: 'info', job, message: 'done', ...facts });

it('says once what the first scan came to, after it was traded on', () => {
  const said: string[] = [];
  const hear = firstRound((line) => said.push(line));
  hear('not JSON at all');
  hear(done('sync', {}));
  hear(done('trade', { signals: 9, orders: 9 }));
  hear(done('scan', { seen: 533, candidates: 41 }));
  hear(done('scan', { seen: 1, candidates: 1 }));
  expect(said).toEqual([]);
  hear(done('trade', { signals: 5, orders: 1 }));
  hear(done('trade', { signals: 7, orders: 7 }));
  expect(said).toEqual(['  First scan   533 markets → 41 pass the filters → 5 ideas → 1 order   (why: npx pilot why)']);
});
