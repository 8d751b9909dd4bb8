import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openAccountFile } from '../../../local/exchange/kept/account-file.ts';
import { generatedWorld } from '../../../local/exchange/world/generated-world.ts';
import { dollars, FRIDAY, findMarket, openRoom, order, plainMarket, type Room } from './desk-fixture.ts';
import { type Send, signedClient } from './signed-client.ts';

const root = mkdtempSync(join(tmpdir(), 'kept-account-'));
afterAll(() => rmSync(root, { recursive: true }));

const key = { seed: 7, markets: 200, start: FRIDAY };
const world = generatedWorld({ ...key, pastDays: 30 });
const ORDERS = '/portfolio/events/orders';
const HOUR = 3_600_000;

let path: string;
let files = 0;
beforeEach(() => {
  files += 1;
  path = join(root, `account-${files}.jsonl`);
});

/** The exchange on its file, begun at `at`: for the first time, or once more. */
async function begin(at = FRIDAY): Promise<Room> {
  const account = await openAccountFile(path, key);
  onTestFinished(account.close);
  return openRoom({ account, at, world, settings: { readLagMs: 0 } });
}

/** All that a member can read of its own, but the time of reading. */
async function readAccount(send: Send): Promise<readonly unknown[]> {
  const views = ['balance', 'positions?settlement_status=all', 'fills', 'orders', 'settlements', 'order_groups'];
  const paths = [...views, 'intra_exchange_instance_transfers', 'summary/total_resting_order_value'];
  return Promise.all(
    paths.map(async (view) => {
      const { updated_ts: _, ...body } = (await send('GET', `/portfolio/${view}`)).body;
      return body;
    }),
  );
}

/** Takes, rests, amends, decreases, cancels, makes a group and moves money. */
async function tradeALittle(room: Room): Promise<{ readonly resting: string; readonly renamed: string }> {
  const { send, exchange, clock } = room;
  const market = plainMarket(room);
  const place = (change: object) => send('POST', ORDERS, order(market, change as Readonly<Record<string, unknown>>));
  const ask = exchange.venue.world.ladder(market, clock.now(), 1).asks[0]?.price ?? 0;
  await place({ price: dollars(ask), count: '1.50', client_order_id: 'taken' });
  const group = (await send('POST', '/portfolio/order_groups/create', { contracts_limit: 50 })).body.order_group_id;
  const shard = market.event.series.shard;
  const resting = (await place({ client_order_id: 'first-name', ...(shard === 0 ? { order_group_id: group } : {}) })).body.order_id;
  const sent = { ticker: market.ticker, side: 'bid', price: '0.0200', count: '9', updated_client_order_id: 'second-name' };
  await send('POST', `${ORDERS}/${resting}/amend`, sent);
  const gone = (await place({ client_order_id: 'gone' })).body.order_id;
  await send('DELETE', `${ORDERS}/${gone}?market_ticker=${market.ticker}`);
  const transfer = { source: 'event_contract', destination: 'event_contract', amount: 100_000, source_exchange_shard: 0 };
  await send('POST', '/portfolio/intra_exchange_instance_transfer', { ...transfer, destination_exchange_shard: 2 });
  return { resting, renamed: 'first-name' };
}

describe('an account kept in a file', () => {
  it('reads after a restart as it did before', async () => {
    const room = await begin();
    await tradeALittle(room);
    const before = await readAccount(room.send);
    expect(JSON.stringify(before)).toContain('second-name');
    expect(await readAccount((await begin()).send)).toEqual(before);
    expect(await readAccount((await begin()).send)).toEqual(before);
  });

  it('goes on where it stopped: an amended order can be cancelled, a name taken once stays taken, ids are new', async () => {
    const first = await begin();
    const { resting, renamed } = await tradeALittle(first);
    const room = await begin();
    const market = plainMarket(room);
    expect((await room.send('POST', ORDERS, order(market, { client_order_id: renamed }))).status).toBe(409);
    const { order_id: id } = (await room.send('POST', ORDERS, order(market))).body;
    expect(first.exchange.venue.account.orders.has(id)).toBe(false);
    expect((await room.send('DELETE', `${ORDERS}/${resting}?market_ticker=${market.ticker}`)).body.reduced_by).toBe('9.00');
  });

  it('lets money on its way between shards arrive', async () => {
    await tradeALittle(await begin());
    const room = await begin(FRIDAY + 10_000);
    room.clock.pass(room.exchange, 0);
    const { balance_breakdown: shards } = (await room.send('GET', '/portfolio/balance')).body;
    expect(shards.find((shard: { readonly exchange_index: number }) => shard.exchange_index === 2).balance).toBe('1010.000000');
  });

  it('lives through what fell due meanwhile: expiries, the end of a market, its settlement', async () => {
    const room = await begin();
    const days = (end: number) => (end - FRIDAY) / 86_400_000;
    const market = findMarket(room, (one, bid, ask) => bid > 2_000 && ask < 8_000 && days(one.settledAt) < 4 && !one.dispute);
    const ask = world.ladder(market, FRIDAY, 1).asks[0]?.price ?? 0;
    const bought = (await room.send('POST', ORDERS, order(market, { price: dollars(ask), count: '1' }))).body;
    const expiring = order(market, { expiration_time: (FRIDAY + HOUR) / 1000 });
    const [brief, long] = [(await room.send('POST', ORDERS, expiring)).body, (await room.send('POST', ORDERS, order(market))).body];
    const cash = room.exchange.venue.account.cash.get(market.event.series.shard) ?? 0;
    const later = await begin(market.settledAt + HOUR);
    const read = async (id: string) => (await later.send('GET', `/portfolio/orders/${id}`)).body.order;
    expect((await read(brief.order_id)).status).toBe('canceled');
    expect((await read(long.order_id)).status).toBe('canceled');
    const { settlements } = (await later.send('GET', '/portfolio/settlements')).body;
    expect(settlements.map(({ ticker }: { readonly ticker: string }) => ticker)).toEqual([market.ticker]);
    expect(bought.fill_count).toBe('1.00');
    const paid = settlements[0].revenue * 10_000;
    expect(later.exchange.venue.account.cash.get(market.event.series.shard)).toBe(cash + paid);
    expect(await readAccount((await begin(market.settledAt + HOUR)).send)).toEqual(await readAccount(later.send));
  });
});

describe('the file of an account', () => {
  it('forgets the line that a killed process left unfinished, and only that', async () => {
    const room = await begin();
    await tradeALittle(room);
    appendFileSync(path, '{"at":17');
    expect(await readAccount((await begin()).send)).toEqual(await readAccount(room.send));
  });

  it('is refused where it is damaged, and left as it is', async () => {
    await tradeALittle(await begin());
    const damaged = readFileSync(path, 'utf8').replace(/"made":\d+/, '"made":"x"');
    writeFileSync(path, damaged);
    await expect(openAccountFile(path, key)).rejects.toThrow(
      `${path}: line 2 is not what an exchange writes. Nothing was changed. Fix: restore the file`,
    );
    expect(readFileSync(path, 'utf8')).toBe(damaged);
  });

  it('is refused in another world, and in a time before its own', async () => {
    await tradeALittle(await begin());
    await expect(openAccountFile(path, { ...key, seed: 8 })).rejects.toThrow('is the account of another world (seed 7, 200 markets');
    await expect(begin(FRIDAY - 1)).rejects.toThrow('later than it is now');
  });
});

describe('pilot exchange --account', () => {
  const command = resolve(import.meta.dirname, '../../../bin/commands/exchange.ts');
  const script = `const { exchangeCommand } = await import(${JSON.stringify(command)}); await exchangeCommand().parseAsync(process.argv.slice(1), { from: 'user' });`;

  async function spawnExchange(): Promise<{ readonly child: ChildProcess; readonly send: Send }> {
    const args = ['--input-type=module', '-e', script, '--', '--json', '--markets', '60', '--account', path];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [line] = (await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), 'line')) as [string];
    const said = JSON.parse(line) as { readonly baseUrl: string; readonly keyId: string; readonly privateKeyPath: string };
    return { child, send: signedClient({ ...said, privateKey: readFileSync(said.privateKeyPath, 'utf8') }) };
  }

  it('loses nothing that was answered when it is killed while it trades', async () => {
    const { child, send } = await spawnExchange();
    const { markets } = (await send('GET', '/markets?status=open&mve_filter=exclude&limit=1000')).body;
    const quoted = markets.filter(
      (market: Readonly<Record<string, unknown>>) => market.exchange_index === 0 && market.yes_ask_size_fp !== '0.00',
    );
    const answered: { readonly order_id: string; readonly fill_count: string }[] = [];
    const trading = (async () => {
      for (;;) {
        const market = quoted[answered.length % quoted.length];
        const { status, body } = await send('POST', ORDERS, { ...order(market), price: market.yes_ask_dollars, count: '0.10' });
        if (status === 201) answered.push(body);
      }
    })();
    const broken = trading.catch(() => undefined);
    while (answered.length < 15) await new Promise((done) => setImmediate(done));
    child.kill('SIGKILL');
    await broken;
    const again = await spawnExchange();
    const { orders } = (await again.send('GET', '/portfolio/orders?limit=1000')).body;
    const kept = new Map(
      orders.map((one: { readonly order_id: string; readonly fill_count_fp: string }) => [one.order_id, one.fill_count_fp]),
    );
    expect(answered.filter((one) => Number(kept.get(one.order_id) ?? -1) < Number(one.fill_count))).toEqual([]);
    expect(answered.some(({ fill_count: filled }) => filled !== '0.00')).toBe(true);
  });
});
