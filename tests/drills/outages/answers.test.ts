import { describe, expect, it } from 'vitest';
import type { MarketFacts } from '../../../local/exchange/world/world.ts';
import { atWork, cloudForDrills, expectRecovery, filled } from './drilled-desk.ts';
import { wanted } from './make-up.ts';
import type { OutageDesk } from './outage-desk.ts';
import { placesOrder } from './outage-wire.ts';

const cloud = cloudForDrills();

const refusing = (status: number) => () =>
  Promise.resolve(Response.json({ error: { code: 'deprecated_v1_order_endpoint', message: 'gone' } }, { status }));

async function ordersOf(desk: OutageDesk, { ticker }: MarketFacts) {
  return (await desk.orders()).filter(({ intent }) => intent.ticker === ticker);
}

/** An order that was carried out and never confirmed is one order: unknown and told, found at the next sync, and not sent again meanwhile. */
async function expectFound(desk: OutageDesk, next: MarketFacts, other: MarketFacts, end: () => void): Promise<void> {
  await wanted(desk, next);
  await desk.quarter();
  const [order] = await ordersOf(desk, next);
  expect(order?.state).toBe('unknown');
  expect(await desk.subjects()).toContainEqual(expect.stringMatching(new RegExp(`^order unknown for .*, ${next.ticker}$`)));
  await wanted(desk, next);
  end();
  await desk.quarter();
  expect(await ordersOf(desk, next)).toMatchObject([{ id: order?.id, state: 'filled', filled: await filled(desk, next) }]);
  expect((await desk.positions()).get(next.ticker)?.count).toBe(order?.intent.count);
  await expectRecovery({ desk, next: other });
  await desk.quarter();
  expect((await desk.told()).map(({ alert }) => [alert.type, alert.cause])).toContainEqual(['RESOLVED', `demo:order-unknown:${order?.id}`]);
}

describe('when the answer to an order does not come, or is not one', () => {
  it('408 after it was taken leaves one order, unknown until the next sync', async () => {
    const { desk, next, other } = await atWork(cloud());
    desk.tampered = async (request, ask) => {
      const answer = await ask();
      return placesOrder(request) ? Response.json({}, { status: 408 }) : answer;
    };
    await expectFound(desk, next, other, () => {
      desk.tampered = (_request, ask) => ask();
    });
  });

  it('5xx after it was taken leaves one order, unknown until the next sync', async () => {
    const { desk, next, other } = await atWork(cloud());
    desk.exchange.faults.set('error-after:1');
    await expectFound(desk, next, other, () => desk.exchange.faults.set('none'));
  });

  it('silence after it was taken leaves one order, unknown until the next sync', async () => {
    const { desk, next, other } = await atWork(cloud());
    desk.exchange.faults.set('timeout-after:1');
    await expectFound(desk, next, other, () => desk.exchange.faults.set('none'));
  });

  it('silence before it was taken ends as never placed, after looking long enough, and only then is it decided anew', async () => {
    const { desk, next, other } = await atWork(cloud());
    desk.exchange.faults.set('timeout-before:1');
    await wanted(desk, next);
    await desk.quarter();
    desk.exchange.faults.set('none');
    const [lost] = await ordersOf(desk, next);
    expect(lost?.state).toBe('unknown');
    await wanted(desk, next);
    await desk.quarter();
    expect(await ordersOf(desk, next)).toMatchObject([{ id: lost?.id, state: 'unknown' }]);
    expect(await desk.refusals(next.ticker)).toContain('oneOrder');
    await desk.quarter();
    expect(await ordersOf(desk, next)).toMatchObject([{ id: lost?.id, state: 'rejected', detail: expect.stringMatching(/^not_placed/) }]);
    expect(await desk.subjects()).toContain(`order rejected, not_placed, ${next.ticker}`);
    expect(await filled(desk, next)).toBe(0);
    await expectRecovery({ desk, next: other });
  });

  it('410 is no answer to live with: the run fails with what to do, nothing more is sent in it, the order ends as never placed', async () => {
    const { desk, next, other } = await atWork(cloud());
    const gone = refusing(410);
    desk.tampered = (request, ask) => (placesOrder(request) ? gone() : ask());
    await wanted(desk, next);
    await wanted(desk, other);
    const sent = desk.auditor.posted.size;
    const { trade } = await desk.quarter();
    expect((trade as Error).message).toMatch(/410 deprecated_v1_order_endpoint .*Fix: stop trading and update Kalshi Pilot/);
    expect(desk.auditor.posted.size).toBe(sent + 1);
    expect(await desk.subjects()).toContainEqual(expect.stringMatching(/^job trade failed, CreateOrderV2: 410/));
    desk.tampered = (_request, ask) => ask();
    await desk.quarter();
    await desk.quarter();
    expect((await desk.orders()).filter(({ state }) => state === 'sent')).toEqual([]);
    expect((await desk.orders()).filter(({ detail }) => detail?.startsWith('not_placed'))).toHaveLength(1);
    const bought = (await filled(desk, next)) > 0 ? next : other;
    await expectRecovery({ desk, next: bought === next ? other : next });
  });
});
