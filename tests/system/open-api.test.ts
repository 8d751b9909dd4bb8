import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import { makeConfig } from '../../shared/system/config/config.ts';
import { openApi } from '../../shared/system/open-api.ts';
import type { Parts } from '../../shared/system/parts.ts';

const lambda = mockClient(LambdaClient);
afterEach(() => {
  lambda.reset();
  vi.useRealTimers();
});

const parts = {
  store: memoryStore(() => 0),
  clock: { now: () => 0, sleep: async () => {} },
  config: makeConfig({}),
  environment: { PILOT_FUNCTION_PREFIX: 'pilot-' },
  speed: 1,
} as unknown as Parts;
const { act } = openApi(parts, {
  assets: { script: '', style: '' },
  access: { secret: 's', origins: [], hosts: undefined },
  ...{ startedAt: undefined, times: {}, cloudPerMonth: undefined, updates: 'poll' },
});

function answers(payload: unknown): void {
  lambda.on(InvokeCommand).resolves({ Payload: new TextEncoder().encode(JSON.stringify(payload)) as never });
}

function sent() {
  const [call] = lambda.commandCalls(InvokeCommand);
  const { FunctionName, Payload } = call?.args[0].input ?? {};
  return { name: FunctionName, ...(JSON.parse(Payload as string) as Record<string, unknown>) };
}

describe('a button of the page', () => {
  it.each([
    [{ name: 'pause' }, {}, { action: 'pause' }],
    [{ name: 'flatten' }, { book: 'paper' }, { action: 'emergency', close: true, book: 'paper' }],
    [
      { name: 'close' },
      { book: 'paper', ticker: 'KXA', floor: '0.5600' },
      { action: 'flatten', book: 'paper', ticker: 'KXA', floor: 5600 },
    ],
    [{ name: 'acknowledge' }, { cause: 'paper:sync' }, { action: 'acknowledge', cause: 'paper:sync' }],
  ] as const)('%o asks the control function', async (action, body, wanted) => {
    answers({ ok: true, message: 'done so' });
    expect(await act(action, { token: 't', ...body })).toEqual({ ok: true, message: 'done so' });
    expect(sent()).toEqual({ tick: '1970-01-01T00:00:00.000Z', ...wanted, name: 'dashboard' });
  });

  it('starts a job without waiting for it', async () => {
    answers(null);
    expect(await act({ name: 'run', job: 'scan' }, { token: 't' })).toEqual({ ok: true, message: 'scan started' });
    expect(lambda.commandCalls(InvokeCommand)[0]?.args[0].input).toMatchObject({ FunctionName: 'pilot-scan', InvocationType: 'Event' });
  });

  it('says that it goes on when it takes longer than the gateway waits', async () => {
    vi.useFakeTimers();
    lambda.on(InvokeCommand).callsFake(() => new Promise(() => {}));
    const answer = act({ name: 'flatten' }, { token: 't' });
    await vi.advanceTimersByTimeAsync(25_000);
    expect((await answer).message).toContain('flatten is under way');
  });

  it('says why nothing happened, and what to do', async () => {
    lambda.on(InvokeCommand).rejects(new Error('no route'));
    expect(await act({ name: 'pause' }, { token: 't' })).toEqual({ ok: false, message: 'no route', fix: 'pilot doctor' });
  });
});
