import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { examineAccount } from '../../../bin/doctor/examine-account.ts';
import { examineAi } from '../../../bin/doctor/examine-ai.ts';
import { examineExchange } from '../../../bin/doctor/examine-exchange.ts';
import { examineNode } from '../../../bin/doctor/examine-machine.ts';
import { type Finding, findingsText } from '../../../bin/doctor/finding.ts';
import type { Running } from '../../../local/runner/running.ts';
import { connectKalshi } from '../../../shared/adapters/kalshi/connect-kalshi.ts';
import { makeConfig } from '../../../shared/system/config/config.ts';
import { answering } from '../../adapters/kalshi/answering-server.ts';
import { goodKey, type OnAirOptions, onAir } from '../../local/exchange/on-air.ts';
import { callPilot } from '../run-pilot.ts';

const DAY = 86_400_000;
const states = (findings: readonly Finding[]) => Object.fromEntries(findings.map(({ check, state }) => [check, state]));
const of = (findings: readonly Finding[], check: string) => findings.find((finding) => finding.check === check);

/** What is found about the account on an exchange of that kind. */
async function account(options: OnAirOptions, mode: 'paper' | 'demo' | 'live' = 'live') {
  const room = await onAir({ markets: 20, ...options });
  return examineAccount(await room.connect(), goodKey.keyId, mode);
}

describe('pilot doctor on the exchange', () => {
  it('finds nothing wrong with one that trades and answers as documented', async () => {
    const room = await onAir({ markets: 20 });
    expect(states(await examineExchange(await room.connect()))).toEqual({ Clock: 'ok', Exchange: 'ok', Schema: 'ok' });
  });

  it('says how far the clock is off, and in which direction', async () => {
    const room = await onAir({ markets: 20 });
    const kalshi = await connectKalshi({
      baseUrl: room.baseUrl,
      clock: { now: () => room.clock.now() - 60_000, sleep: room.clock.sleep },
      random: () => 0,
    });
    expect(of(await examineExchange(kalshi), 'Clock')).toMatchObject({ state: 'problem', fix: expect.stringContaining('behind') });
  });

  it('says to wait while the exchange does not trade', async () => {
    const room = await onAir({ markets: 20, faults: 'shard-down:1' });
    expect(of(await examineExchange(await room.connect()), 'Exchange')).toMatchObject({
      state: 'warning',
      fix: expect.stringMatching(/^wait/),
    });
  });

  it('reports an exchange that cannot be reached, and an answer that is not JSON', async () => {
    const clock = { now: () => Date.now(), sleep: async () => undefined };
    const away = await connectKalshi({ baseUrl: `http://127.0.0.1:${await closedPort()}/trade-api/v2`, clock, random: () => 0 });
    expect(of(await examineExchange(away), 'Exchange')).toMatchObject({
      state: 'problem',
      fix: expect.stringContaining('KALSHI_BASE_URL'),
    });
    const { baseUrl } = await answering(() => ({ status: 200, body: 'maintenance page' }));
    const garbage = await connectKalshi({ baseUrl, clock, random: () => 0 });
    expect(of(await examineExchange(garbage), 'Exchange')).toMatchObject({ state: 'problem', fix: expect.any(String) });
  });
});

/** A port that nobody listens on. */
function closedPort(): Promise<number> {
  const server = createServer();
  return new Promise((found) =>
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    }),
  );
}

describe('pilot doctor beside a system that runs', () => {
  it('asks for no key where the system signs with its own, and for one where nothing does', async () => {
    const { connect } = await onAir({ markets: 20 });
    const kalshi = { ...(await connect()), account: undefined } as unknown as Awaited<ReturnType<typeof connect>>;
    expect(await examineAccount(kalshi, undefined, 'paper', 'demo')).toMatchObject([
      { state: 'unchecked', text: expect.stringContaining('signs with its own') },
    ]);
    expect(await examineAccount(kalshi, undefined, 'demo')).toMatchObject([{ state: 'problem' }]);
  });
});

describe('pilot doctor on the account', () => {
  it('shows balance, scopes, region and limits of a good key', async () => {
    const findings = await account({});
    expect(states(findings)).toEqual({ Key: 'ok', Scopes: 'ok', Region: 'ok', Limits: 'ok' });
    expect(of(findings, 'Key')?.text).toContain('$1000.00');
  });

  it('tells a key of another environment from a wrong private key', async () => {
    const room = await onAir({ markets: 20 });
    const unknown = await examineAccount(await room.connect({ ...goodKey, keyId: 'nobody' }), 'nobody', 'live');
    expect(unknown).toMatchObject([{ check: 'Key', state: 'problem', fix: expect.stringMatching(/KALSHI_KEY_ID|private key/) }]);
  });

  it('is content without a key on paper, and not where orders are sent', async () => {
    const room = await onAir({ markets: 20 });
    const kalshi = await connectKalshi({ baseUrl: room.baseUrl, clock: room.clock, random: () => 0 });
    expect(await examineAccount(kalshi, undefined, 'paper')).toMatchObject([{ state: 'unchecked' }]);
    expect(await examineAccount(kalshi, undefined, 'demo')).toMatchObject([
      { state: 'problem', fix: expect.stringContaining('KALSHI_KEY_ID') },
    ]);
  });

  it('wants a key that may trade where orders are sent', async () => {
    expect(of(await account({ scopes: ['read'] }), 'Scopes')).toMatchObject({
      state: 'problem',
      fix: expect.stringContaining('write::trade'),
    });
    expect(of(await account({ scopes: ['read'] }, 'paper'), 'Scopes')?.state).toBe('warning');
    expect(of(await account({ scopes: ['read', 'write::trade'] }), 'Scopes')?.state).toBe('ok');
  });

  it.each([
    [-DAY, 'problem'],
    [3 * DAY, 'warning'],
    [60 * DAY, 'ok'],
  ])('judges a location attestation that lapses in %i ms as %s', async (from, state) => {
    const now = Date.UTC(2026, 10, 20, 15);
    expect(of(await account({ settings: { regionExpiresAt: now + from } }), 'Region')?.state).toBe(state);
  });
});

describe('pilot doctor on the AI', () => {
  const environment = (baseUrl: string) => ({ XAI_API_KEY: 'xai-secret', XAI_BASE_URL: baseUrl });
  const models = (...ids: readonly string[]) =>
    answering(() => ({ status: 200, body: { object: 'list', data: ids.map((id) => ({ id, object: 'model' })) } }));

  it('finds the models it is set to, or names those there are', async () => {
    const config = makeConfig({});
    const good = await models('grok-4.7', 'grok-4.3');
    expect(await examineAi(environment(good.baseUrl), config, undefined)).toMatchObject({ state: 'ok' });
    const bad = await models('grok-5');
    expect(await examineAi(environment(bad.baseUrl), config, undefined)).toMatchObject({
      state: 'problem',
      fix: expect.stringContaining('grok-5'),
    });
  });

  it('reports a refused key without showing it, and needs none', async () => {
    const { baseUrl } = await answering(() => ({ status: 401, body: { error: 'Incorrect API key xai-secret' } }));
    const finding = await examineAi(environment(baseUrl), makeConfig({}), undefined);
    expect(finding).toMatchObject({ state: 'problem', fix: expect.stringContaining('key') });
    expect(JSON.stringify(finding)).not.toContain('xai-secret');
    expect(await examineAi({}, makeConfig({}), undefined)).toMatchObject({ state: 'unchecked' });
  });

  it('says who answers the system that runs: simulated models, the stand-in, or nobody yet', async () => {
    const addresses = { endpoint: 'http://127.0.0.1:1', dashboard: 'http://127.0.0.1:2', kalshiBaseUrl: 'http://127.0.0.1:3/trade-api/v2' };
    const running: Running = { ...addresses, pid: 1, mode: 'paper', prices: 'generated', clock: '1,2,60' };
    const said = async (change?: Partial<Running>) => (await examineAi({}, makeConfig({}), change && { ...running, ...change })).text;
    expect(await said({ xaiBaseUrl: 'http://127.0.0.1:4/v1' })).toMatch(/^simulated models answer .*invented/);
    expect(await said({ prices: 'live' })).toMatch(/stand-in answers the running system/);
    expect(await said()).toMatch(/npm start brings/);
  });
});

describe('pilot doctor', () => {
  let folder: string;
  let before: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'doctor-'));
    before = process.cwd();
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it('compares versions of Node as numbers', () => {
    expect(examineNode('22.9.0')).toMatchObject({ state: 'problem', fix: expect.stringContaining('22.18') });
    expect(examineNode('24.0.0').state).toBe('ok');
  });

  it('puts the fix below the line it belongs to', () => {
    const text = findingsText([
      { check: 'Node', state: 'ok', text: '24' },
      { check: 'Region', state: 'problem', text: 'lapsed', fix: 'confirm it' },
    ]);
    expect(text).toBe('  ✓ Node    24\n  ✗ Region  lapsed\n            Fix: confirm it\n');
  });

  it('ends with 0 when nothing is wrong, one finding per thing', async () => {
    const room = await onAir({ markets: 20, settings: {} });
    const key = join(folder, 'key.pem');
    writeFileSync(key, goodKey.privateKey);
    vi.spyOn(Date, 'now').mockImplementation(() => room.clock.now());
    writeFileSync('.env', `KALSHI_BASE_URL=${room.baseUrl}\nKALSHI_KEY_ID=${goodKey.keyId}\nKALSHI_PRIVATE_KEY_PATH=${key}\n`, {
      mode: 0o600,
    });
    const { code, out, err } = await callPilot('doctor', '--json');
    vi.restoreAllMocks();
    expect([code, err]).toEqual([0, '']);
    const { findings, problems } = JSON.parse(out) as { findings: readonly Finding[]; problems: number };
    expect(problems).toBe(0);
    expect(findings.map(({ check }) => check)).toEqual([
      'Node',
      'Config',
      'Environment',
      'Kalshi',
      'Clock',
      'Exchange',
      'Schema',
      'Key',
      'Scopes',
      'Region',
      'Limits',
      'Store',
      'AI',
      'AWS',
    ]);
  });

  it('ends with 1 and names the variable that is misspelt', async () => {
    vi.stubEnv('KALSHI_KEYID', 'abc');
    const { code, out } = await callPilot('doctor');
    expect(code).toBe(1);
    expect(out).toContain('✗ Environment  KALSHI_KEYID: no such name.');
    expect(out).toContain('Fix: did you mean KALSHI_KEY_ID?');
  });
});
