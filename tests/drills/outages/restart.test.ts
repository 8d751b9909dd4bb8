import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createExchange } from '../../../local/exchange/create-exchange.ts';
import { openAccountFile } from '../../../local/exchange/kept/account-file.ts';
import { Keeper } from '../../../local/exchange/kept/keeper.ts';
import { cloudForDrills } from './drilled-desk.ts';
import { fell, wanted } from './make-up.ts';
import { openOutageDesk } from './outage-desk.ts';

const cloud = cloudForDrills();
const world = { seed: 1, markets: 1, start: 0 };

it('a simulated exchange that begins anew, its account kept in a file, is no difference to who trades there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'restart-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'account.jsonl');
  const desk = await openOutageDesk(cloud());
  const { venue } = desk.exchange;
  const file = await openAccountFile(path, world);
  const keeper = new Keeper(venue, file);
  const [held, resting, next] = desk.markets();
  if (!held || !resting || !next) throw new Error('the world has too few quiet markets. Fix: choose another seed');
  await wanted(desk, held);
  await fell(desk, [resting]);
  await desk.quarter();
  for (const order of venue.account.orders.values()) keeper.hear({ kind: 'order', at: venue.now(), order });
  keeper.flush();
  file.close();

  const account = await openAccountFile(path, world);
  onTestFinished(account.close);
  const { clock, settings, keys } = venue;
  const again = createExchange({ world: venue.world, clock, settings, keys: keys.all, account });
  desk.tampered = (request) => again.fetch(request);
  const { sync } = await desk.quarter();
  expect(JSON.stringify(sync)).toContain('"differences":0');
  expect((await desk.breaker()).state).toBe('active');
  // What had filled before is read from the exchange that began anew.
  expect([...(await desk.positions()).keys()]).toEqual([held.ticker]);
  expect(again.venue.account.resting().map(({ market }) => market.ticker)).toEqual([resting.ticker]);
  await wanted(desk, next);
  await desk.quarter();
  expect(again.venue.account.fills.map(({ order }) => order.market.ticker)).toEqual([held.ticker, next.ticker]);
  expect((await desk.breaker()).state).toBe('active');
});
