import { describe, expect, test, vi } from 'vitest';
import { awsFailure } from '../../../bin/aws/aws-failure.ts';
import { awsDown, type DownIo } from '../../../bin/aws/down.ts';
import { awsUp, type UpIo } from '../../../bin/aws/up.ts';
import { examineAws } from '../../../bin/doctor/examine-aws.ts';
import { Exit } from '../../../bin/exit.ts';
import { makeConfig } from '../../../shared/system/config/config.ts';
import { callPilot } from '../run-pilot.ts';
import { fakeAws } from './fake-aws.ts';

const account = { account: '123456789012', region: 'us-east-1' };
const stacks = Object.fromEntries(['state', 'functions', 'dashboard', 'watch'].map((part) => [`kalshi-pilot-${part}`, 'CREATE_COMPLETE']));
const variables = { PILOT_MODE: 'demo', PILOT_ALERTS_TOPIC: 'arn:aws:sns:us-east-1:1:kalshi-pilot-alerts' };

describe('pilot aws up', () => {
  function io(given: Partial<UpIo>): UpIo & { readonly ran: string[] } {
    const ran: string[] = [];
    return {
      ran,
      cdk: async (args) => void ran.push(args.join(' ')),
      mode: 'paper',
      config: makeConfig({}),
      account: async () => account,
      bootstrapped: async () => true,
      confirm: async (_what, word) => void ran.push(`typed ${word}`),
      say: () => undefined,
      ...given,
    };
  }

  test('asks first, prepares an account that is new, then deploys everything in its mode', async () => {
    const desk = io({ bootstrapped: async () => false });
    await awsUp(desk);
    expect(desk.ran).toEqual([
      'typed PAPER',
      'bootstrap aws://123456789012/us-east-1',
      'deploy --all --require-approval never -c mode=paper',
    ]);
  });

  test('shows what differs from the defaults before real money, and changes nothing when it is declined', async () => {
    const asked: string[] = [];
    const confirm = async (what: string, word: string) => {
      asked.push(what, word);
      throw new Exit(1, 'declined');
    };
    const desk = io({ mode: 'live', confirm, config: makeConfig({ sets: ['sizing.perMarket=0.05'] }) });
    await expect(awsUp(desk)).rejects.toThrow('declined');
    expect(asked[0]).toContain('sizing.perMarket: 0.03 → 0.05');
    expect([asked[1], desk.ran]).toEqual(['LIVE', []]);
  });
});

describe('pilot aws down', () => {
  function io(given: Partial<DownIo>): DownIo & { readonly did: string[] } {
    const did: string[] = [];
    return {
      did,
      cdk: async (args) => void did.push(args.join(' ')),
      account: async () => account,
      mode: async () => 'live',
      openOf: async () => ({ positions: 0, orders: 0 }),
      halt: async (book) => void did.push(`halt ${book}`),
      backup: async () => ['backup-state.ndjson'],
      confirm: async (_what, word) => void did.push(`typed ${word}`),
      say: (line) => void did.push(line),
      ...given,
    };
  }

  test('stops first, writes the tables down, and leaves what is kept with the way to remove it', async () => {
    const desk = io({});
    await awsDown(desk, false);
    expect(desk.did.slice(0, 5)).toEqual([
      'typed DOWN',
      'halt live',
      '  ✓ live: halted',
      '  ✓ Written to backup-state.ndjson',
      'destroy kalshi-pilot-watch kalshi-pilot-dashboard kalshi-pilot-functions --force',
    ]);
    const said = desk.did.join('\n');
    expect(said).toContain('--no-deletion-protection-enabled');
    expect(said).toContain('s3://kalshi-pilot-recordings-123456789012-us-east-1');
    expect(said).not.toMatch(/destroy [^\n]*kalshi-pilot-state [^\n]*--force/);
  });

  test('refuses while nobody would watch what is open, unless told to leave it', async () => {
    const open = { openOf: async () => ({ positions: 2, orders: 1 }) };
    const desk = io(open);
    await expect(awsDown(desk, false)).rejects.toMatchObject({ code: 4, message: expect.stringContaining('--leave-positions') });
    expect(desk.did).toEqual([]);
    const left = io(open);
    await awsDown(left, true);
    expect(left.did).toContain('halt live');
  });

  test('does nothing when it is declined', async () => {
    const desk = io({ confirm: () => Promise.reject(new Exit(1, 'declined')) });
    await expect(awsDown(desk, false)).rejects.toThrow('declined');
    expect(desk.did).toEqual([]);
  });
});

describe('pilot aws on an account', () => {
  test('shows the stacks, the mode and the addresses', async () => {
    await fakeAws({ stacks, variables });
    const { code, out } = await callPilot('aws', 'status');
    expect(code).toBe(0);
    expect(out).toContain('AWS account 1234…9012, us-east-1 · DEMO');
    expect(out).toMatch(/kalshi-pilot-watch +CREATE_COMPLETE/);
    expect(out).toContain('PrivateUrl  https://x');
    expect(JSON.parse((await callPilot('aws', 'status', '--json')).out)).toMatchObject({ mode: 'demo', region: 'us-east-1' });
  });

  test('says what is missing, and how to put it there', async () => {
    await fakeAws({ stacks: {} });
    const { code, out, err } = await callPilot('aws', 'status');
    expect(code).toBe(1);
    expect(out).toContain('nothing deployed');
    expect(err).toMatch(/kalshi-pilot-state.* Fix: pilot aws up/);
    expect(await callPilot('status', '--env', 'aws')).toMatchObject({ code: 1, err: expect.stringContaining('Fix: pilot aws up') });
  });

  test('runs a function by its name or its short one, with the reason', async () => {
    const asked: unknown[] = [];
    await fakeAws({
      stacks,
      variables,
      invoke: (name, event) => {
        asked.push([name, event]);
        return { answer: { paper: { key: 'r1' } } };
      },
    });
    const { code, out } = await callPilot('aws', 'invoke', 'emergency', '--reason', 'test', '--json');
    expect([code, JSON.parse(out)]).toEqual([0, { paper: { key: 'r1' } }]);
    expect(asked).toEqual([['emergency-analysis', { tick: expect.any(String), reason: 'test' }]]);
  });

  test('ends with the function’s own words when it fails, and with the nearest name for one that is none', async () => {
    await fakeAws({ stacks, variables, invoke: () => ({ answer: { errorMessage: 'no key. Fix: pilot secrets set' }, failed: true }) });
    expect(await callPilot('aws', 'invoke', 'scan')).toMatchObject({ code: 1, err: 'no key. Fix: pilot secrets set' });
    expect(await callPilot('aws', 'invoke', 'helth')).toMatchObject({ code: 2, err: expect.stringContaining('did you mean health?') });
    expect(await callPilot('aws', 'invoke', 'scan', '--payload', '[')).toMatchObject({ code: 2, err: expect.stringContaining('Fix:') });
  });

  test('reads what functions wrote, of one job or all, in order', async () => {
    const line = (time: string, job: string, level = 'info') => JSON.stringify({ level, time, job, message: 'done' });
    const event = (timestamp: number, message: string) => ({ eventId: `${timestamp}${message}`, timestamp, message });
    await fakeAws({
      stacks,
      variables,
      logs: {
        scan: [event(2, line('2026-11-20T10:00:02Z', 'scan')), event(3, 'REPORT RequestId: 1')],
        sync: [event(1, `${line('2026-11-20T10:00:01Z', 'sync', 'warn')}\n`)],
      },
    });
    const { out } = await callPilot('aws', 'logs');
    expect(out.split('\n').map((text) => text.slice(0, 34).trim())).toEqual([
      '2026-11-20 10:00:01  WARN   sync',
      '2026-11-20 10:00:02  INFO   scan',
      '',
    ]);
    expect((await callPilot('logs', '--env', 'aws', '--level', 'warn')).out).not.toContain('scan');
    expect(await callPilot('logs', '--env', 'aws', '--since', 'ever')).toMatchObject({ code: 2 });
  });

  test.each([
    [['aws', 'up', '--yes']],
    [['aws', 'status']],
    [['aws', 'invoke', 'scan']],
    [['aws', 'logs']],
    [['aws', 'down']],
    [['secrets', 'test']],
    [['dashboard', '--env', 'aws']],
  ])('%j is refused by name without credentials or a region', async (args) => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE', 'AWS_REGION']) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, '/nowhere');
    expect(await callPilot(...args)).toMatchObject({ code: 3, err: expect.stringMatching(/Fix: .*AWS_(REGION|PROFILE)/) });
    vi.stubEnv('AWS_REGION', 'us-east-1');
    expect(await callPilot(...args)).toMatchObject({ code: 3, err: expect.stringContaining('Fix: aws configure') });
    vi.unstubAllEnvs();
  });
});

describe('pilot doctor --env aws', () => {
  test('names the account, what is not deployed, and what does not let it look', async () => {
    await fakeAws({ stacks: { 'kalshi-pilot-state': 'CREATE_COMPLETE', 'kalshi-pilot-watch': 'UPDATE_ROLLBACK_COMPLETE' } });
    expect(await examineAws(true)).toEqual([
      { check: 'AWS', state: 'ok', text: 'AWS account 1234…9012, us-east-1' },
      {
        ...{ check: 'Stacks', state: 'problem', fix: 'pilot aws up' },
        text: 'kalshi-pilot-functions, kalshi-pilot-dashboard not deployed; kalshi-pilot-watch is UPDATE_ROLLBACK_COMPLETE',
      },
    ]);
    await fakeAws({ stacks, variables });
    expect((await examineAws(true)).map(({ state }) => state)).toEqual(['ok']);
    vi.stubEnv('AWS_REGION', undefined);
    expect(await examineAws(true)).toMatchObject([{ check: 'AWS', state: 'problem', fix: expect.stringContaining('AWS_REGION') }]);
    expect(await examineAws(false)).toMatchObject([{ state: 'unchecked', text: expect.stringContaining('--env aws') }]);
  });
});

describe('what AWS says', () => {
  test.each([
    ['ExpiredTokenException', 'expired', 3, 'aws sso login'],
    ['AccessDeniedException', 'not you', 1, 'a profile that may'],
    ['ResourceNotFoundException', 'no table', 1, 'pilot aws up'],
    ['TimeoutError', 'too slow', 3, 'try again'],
  ])('%s ends with its fix', (name, message, code, fix) => {
    const failed = awsFailure('trade', Object.assign(new Error(message), { name }));
    expect([failed.code, failed.message]).toEqual([code, expect.stringMatching(new RegExp(`^trade: .*Fix: .*${fix}`))]);
  });
});
