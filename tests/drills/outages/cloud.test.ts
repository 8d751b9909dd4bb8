import { describe, expect, it, onTestFinished } from 'vitest';
import { atWork, cloudForDrills, expectRecovery } from './drilled-desk.ts';
import { wanted } from './make-up.ts';
import { openOutageDesk } from './outage-desk.ts';

const cloud = cloudForDrills();

describe('when messages or keys do not come', () => {
  it('alerts that cannot go out wait, are shown meanwhile, and go out once', async () => {
    const { desk, next } = await atWork(cloud());
    const before = await cloud().sent(desk.names);
    const back = cloud().faults.add({ kind: 'missing', service: 'sns' });
    onTestFinished(back);
    await desk.run('control', { action: 'halt', name: 'drill', reason: 'a drill' });
    await desk.quarter();
    const told = (await desk.told()).find(({ alert }) => alert.kind === 'breaker');
    expect(told).toMatchObject({ alert: { type: 'CRITICAL', happened: 'A drill.' }, deliveries: { email: { state: 'waiting' } } });
    expect(await desk.subjects()).toContain('alert not delivered by email');
    expect(await cloud().sent(desk.names)).toBe(before);
    back();
    await desk.quarter();
    expect((await desk.told()).find(({ alert }) => alert.id === told?.alert.id)?.deliveries).toMatchObject({
      email: { state: 'delivered' },
    });
    const sent = await cloud().sent(desk.names);
    expect(sent).toBe(before + 1);
    await desk.run('alert-check');
    expect(await cloud().sent(desk.names)).toBe(sent);
    await desk.quarter();
    expect(await desk.breaker()).toMatchObject({ state: 'halted', cause: 'by-hand' });
    await desk.run('control', { action: 'resume', name: 'drill', reason: 'the drill is over' });
    await expectRecovery({ desk, next });
  });

  it('without its key the desk sends nothing, says which key and what to do, and begins once it is there', async () => {
    const desk = await openOutageDesk(cloud(), { keyless: true });
    const [next] = desk.markets();
    if (!next) throw new Error('the world has no quiet market. Fix: choose another seed');
    await wanted(desk, next);
    const { sync, trade } = await desk.quarter();
    const missing = `secret ${desk.names.PILOT_SECRET_KALSHI} does not exist or is empty. Fix: pilot secrets set`;
    expect([sync, trade].map((error) => (error as Error).message)).toEqual([
      expect.stringContaining(missing),
      expect.stringContaining(missing),
    ]);
    expect(await desk.subjects()).toContainEqual(expect.stringMatching(/^job sync failed, .*secret kalshi-/));
    expect(await desk.subjects()).toContainEqual(expect.stringMatching(/^sync failing .*does not exist or is empty/));
    expect(desk.auditor.posted.size).toBe(0);
    await cloud().keepSecret(desk.names, desk.stage.key);
    await expectRecovery({ desk, next });
  });
});
