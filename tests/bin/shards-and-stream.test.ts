import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { goodKey, type OnAir, type OnAirOptions, onAir } from '../local/exchange/on-air.ts';
import { callPilot } from './run-pilot.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pilot-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** An exchange that the environment names, with the time of this process set to its own. */
async function named(options: OnAirOptions = {}): Promise<OnAir> {
  const room = await onAir({ markets: 40, ...options });
  const key = join(folder, 'key.pem');
  writeFileSync(key, goodKey.privateKey);
  vi.stubEnv('KALSHI_BASE_URL', room.baseUrl);
  vi.stubEnv('KALSHI_WS_URL', room.wsUrl);
  vi.stubEnv('KALSHI_KEY_ID', goodKey.keyId);
  vi.stubEnv('KALSHI_PRIVATE_KEY_PATH', key);
  vi.spyOn(Date, 'now').mockImplementation(() => room.clock.now());
  return room;
}

describe('pilot shards', () => {
  it('shows the cash of each shard', async () => {
    await named();
    const { out, code } = await callPilot('shards', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      total: '1000.000000',
      shards: [{ shard: 0, cash: '1000.000000', trading: true }, { shard: 1, cash: '0.000000' }, {}, {}],
    });
  });

  it('moves cash with --yes', async () => {
    await named({ settings: { transferMs: 0, readLagMs: 0 } });
    const { out, code, err } = await callPilot('shards', 'move', '--from', '0', '--to', '1', '--amount', '50.25', '--yes', '--json');
    expect([code, err]).toEqual([0, 'This moves $50.250000 of real cash from shard 0 to shard 1.\n']);
    expect(JSON.parse(out)).toMatchObject({ from: 0, to: 1, amount: '50.250000', state: 'complete' });
    const { shards } = JSON.parse((await callPilot('shards', '--json')).out);
    expect(shards.slice(0, 2)).toMatchObject([{ cash: '949.750000' }, { cash: '50.250000' }]);
  });

  it('moves nothing where nobody can confirm, and names the flag', async () => {
    const room = await named();
    const { code, err } = await callPilot('shards', 'move', '--from', '0', '--to', '1', '--amount', '50');
    expect(code).toBe(2);
    expect(err).toContain('--yes');
    expect(room.exchange.venue.transfers.of(room.exchange.venue.account)).toEqual([]);
  });

  it.each([
    [['--from', '0', '--to', '0', '--amount', '5'], 2, '--to'],
    [['--from', '0', '--to', '1', '--amount', '0'], 2, 'dollars above 0'],
    [['--from', '0', '--to', '1', '--amount', '1.00001'], 2, 'at most 4 decimals'],
    [['--from', '1', '--to', '0', '--amount', '5'], 1, 'shard 1 has $0.000000'],
  ])('refuses %j', async (args, code, words) => {
    await named();
    const said = await callPilot('shards', 'move', ...args, '--yes');
    expect([said.code, said.err.includes('Fix: ')]).toEqual([code, true]);
    expect(said.err).toContain(words);
  });

  it('says that it needs a key', async () => {
    const room = await onAir({ markets: 20 });
    vi.stubEnv('KALSHI_BASE_URL', room.baseUrl);
    expect(await callPilot('shards')).toMatchObject({ code: 2, err: expect.stringContaining('KALSHI_KEY_ID') });
  });
});

describe('pilot stream', () => {
  it('shows books and trades, and keeps them for replay', async () => {
    const room = await named();
    const { marketData } = await room.connect();
    const tickers = ((await marketData.scan().next()).value?.ticker ?? []).slice(0, 2);
    const { code, out } = await callPilot('stream', '--tickers', tickers.join(','), '--seconds', '0.5', '--record', folder, '--json');
    expect(code).toBe(0);
    const events = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events[0].kind).toBe('connected');
    expect(new Set(events.filter(({ kind }) => kind === 'book').map(({ ticker }) => ticker))).toEqual(new Set(tickers));
    const replayed = await callPilot('replay', '--recording', folder, '--json');
    const lines = replayed.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(new Set(lines.slice(0, -1).map(({ ticker }) => ticker))).toEqual(new Set(tickers));
    expect(lines.at(-1).summary).toMatchObject({ tapes: 1, snapshots: 2, negativeLevels: 0, crossedBooks: 0 });
  });

  it('ends when the key is refused, and says what to do', async () => {
    await named();
    vi.stubEnv('KALSHI_KEY_ID', 'nobody');
    const { code, out, err } = await callPilot('stream', '--seconds', '5');
    expect(code).toBe(1);
    expect(`${out}${err}`).toContain('Fix: ');
  });
});
