import { describe, expect, it } from 'vitest';
import { atWork, cloudForDrills, expectRecovery, filled } from './drilled-desk.ts';
import { wanted } from './make-up.ts';
import { openOutageDesk } from './outage-desk.ts';

const cloud = cloudForDrills();
const THURSDAY_HALF_PAST_TWO = Date.UTC(2026, 10, 26, 7, 20);

describe('when the exchange does not work', () => {
  it('buying stops on Thursday from three to five in New York, what rested is gone, what is held stays', async () => {
    const { desk, held, resting, next } = await atWork(cloud(), { at: THURSDAY_HALF_PAST_TWO });
    await desk.quarter();
    expect(await desk.breaker()).toMatchObject({ state: 'reducing', cause: 'outage', detail: 'trading on the exchange is paused' });
    expect(await desk.subjects()).toContain('new buys paused, trading on the exchange is paused');
    await wanted(desk, next);
    const sent = desk.auditor.posted.size;
    await desk.quarter();
    expect(desk.auditor.posted.size).toBe(sent);
    expect(await desk.refusals(next.ticker)).toEqual(expect.arrayContaining(['active', 'exchangeOpen']));
    expect((await desk.orders()).find(({ intent }) => intent.ticker === resting.ticker)?.state).toBe('cancelled');
    expect([...(await desk.positions()).keys()]).toEqual([held.ticker]);
    for (let quarter = 0; quarter < 6; quarter++) await desk.quarter();
    expect((await desk.subjects()).filter((subject) => subject.startsWith('new buys paused'))).toHaveLength(1);
    await expectRecovery({ desk, next });
  });

  it('its silence stops buying and is told while it lasts; its return is followed by one sync, then by business', async () => {
    const { desk, held, next } = await atWork(cloud());
    desk.exchange.faults.set('outage:1');
    await wanted(desk, next);
    const sent = desk.auditor.posted.size;
    const { sync, trade } = await desk.quarter();
    expect(sync).toMatchObject({ code: 'exchange_unavailable' });
    expect(trade).toMatchObject({ code: 'exchange_unavailable' });
    expect(await desk.breaker()).toMatchObject({ state: 'reducing', cause: 'outage', detail: expect.stringContaining('503') });
    const subjects = await desk.subjects();
    expect(subjects).toContainEqual(expect.stringMatching(/^new buys paused, .*exchange is unavailable/));
    expect(subjects).toContainEqual(expect.stringMatching(/^sync failing/));
    await desk.quarter();
    await desk.quarter();
    desk.exchange.faults.set('none');
    await wanted(desk, next);
    await desk.quarter();
    expect(await desk.breaker()).toMatchObject({
      state: 'reducing',
      cause: 'gap',
      detail: expect.stringMatching(/nothing was synced for/),
    });
    expect(desk.auditor.posted.size).toBe(sent);
    expect((await desk.positions()).has(held.ticker)).toBe(true);
    await wanted(desk, next);
    await desk.quarter();
    expect((await desk.breaker()).state).toBe('active');
    expect(await filled(desk, next)).toBeGreaterThan(0);
    expect(await desk.wrong()).toEqual([]);
  });

  it('a storm of 429 is an outage: nothing is sent into it, and it ends with it', async () => {
    const { desk, next } = await atWork(cloud());
    desk.exchange.faults.set('storm-429:1');
    await wanted(desk, next);
    const sent = desk.auditor.posted.size;
    await desk.quarter();
    expect(await desk.breaker()).toMatchObject({ state: 'reducing', cause: 'outage', detail: expect.stringContaining('429') });
    expect(await desk.subjects()).toContainEqual(expect.stringMatching(/^new buys paused, .*too many requests/));
    expect(desk.auditor.posted.size).toBe(sent);
    desk.exchange.faults.set('none');
    await expectRecovery({ desk, next });
  });

  it('a shard that is down keeps its own markets from being traded and no others', async () => {
    const desk = await openOutageDesk(cloud());
    const [other, , next] = desk.markets();
    if (!other || !next || next.event.series.shard === other.event.series.shard) throw new Error('quiet markets of two shards are needed');
    const down = other.event.series.shard;
    desk.exchange.faults.set('shard-down:1');
    // Each minute has another shard: the quarter is chosen in which it is this one's turn.
    while (shardDownAt(desk.nextQuarter()) !== down) await desk.quarter();
    await wanted(desk, next);
    await wanted(desk, other);
    await desk.quarter();
    expect(await desk.refusals(other.ticker)).toEqual(['exchangeOpen']);
    expect(await filled(desk, other)).toBe(0);
    expect(await filled(desk, next)).toBeGreaterThan(0);
    expect((await desk.breaker()).state).toBe('active');
    desk.exchange.faults.set('none');
    await expectRecovery({ desk, next: other });
  });

  it('a clock half a minute from its own stops buying until the clocks agree again', async () => {
    const { desk, next } = await atWork(cloud());
    desk.exchange.faults.set('clock-skew:1');
    await wanted(desk, next);
    await desk.quarter();
    expect(await desk.breaker()).toMatchObject({ state: 'reducing', cause: 'clock-skew', detail: 'clock is 30.5 s off, limit 5 s' });
    expect(await desk.subjects()).toContain('new buys paused, clock is 30.5 s off (limit 5 s)');
    expect(await desk.refusals(next.ticker)).toEqual(['active']);
    expect(await filled(desk, next)).toBe(0);
    desk.exchange.faults.set('none');
    await expectRecovery({ desk, next });
  });

  it('reads half a minute late show a fill later and never twice', async () => {
    const { desk, next, other } = await atWork(cloud());
    desk.exchange.faults.set('late-reads:1');
    await wanted(desk, next);
    await desk.quarter();
    await desk.run('sync');
    expect((await desk.positions()).has(next.ticker)).toBe(false);
    expect(await filled(desk, next)).toBeGreaterThan(0);
    await wanted(desk, next);
    await desk.quarter();
    expect((await desk.orders()).filter(({ intent }) => intent.ticker === next.ticker)).toHaveLength(1);
    expect((await desk.positions()).get(next.ticker)?.count).toBe(await filled(desk, next));
    desk.exchange.faults.set('none');
    await expectRecovery({ desk, next: other });
  });
});

/** The exchange's own order: see applySpells. */
function shardDownAt(at: number): number {
  return Math.floor(at / 60_000) % 4;
}
