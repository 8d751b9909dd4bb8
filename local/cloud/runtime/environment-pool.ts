import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { LambdaFunction } from '../template/lambda-functions.ts';
import { type Environment, type EnvironmentOptions, startEnvironment } from './environment.ts';

/** One run of one function, as AWS's REPORT line would say it. */
export interface FunctionRun {
  readonly function: string;
  readonly requestId: string;
  /** The code was loaded for it. */
  readonly cold: boolean;
  /** Loading, ms; undefined on a warm run. */
  readonly initMs: number | undefined;
  readonly durationMs: number;
  readonly payload: Buffer;
  readonly failed: boolean;
  readonly logTail: string;
}

/** The environments of one function: an idle one is used again, else a new one starts. */
export interface EnvironmentPool {
  run(payload: Uint8Array): Promise<FunctionRun>;
  stop(): Promise<void>;
}

export function environmentPool(fn: LambdaFunction, options: EnvironmentOptions): EnvironmentPool {
  const idle: Environment[] = [];
  const all = new Set<Environment>();

  async function take(): Promise<{ readonly environment: Environment; readonly cold: boolean }> {
    for (let found = idle.pop(); found !== undefined; found = idle.pop()) {
      if (found.alive()) return { environment: found, cold: false };
      all.delete(found);
    }
    const environment = await startEnvironment(fn, options);
    all.add(environment);
    return { environment, cold: true };
  }

  return {
    async run(payload) {
      const { environment, cold } = await take();
      const run = await runIn(fn, environment, cold, payload);
      if (environment.alive()) idle.push(environment);
      else all.delete(environment);
      return run;
    },
    async stop() {
      await Promise.all([...all].map((environment) => environment.stop()));
    },
  };
}

async function runIn(fn: LambdaFunction, environment: Environment, cold: boolean, payload: Uint8Array): Promise<FunctionRun> {
  const requestId = randomUUID();
  const begun = performance.now();
  const broken = await environment.started;
  const loaded = performance.now();
  const answer = broken ?? (await environment.run({ requestId, payload: payload.length === 0 ? Buffer.from('{}') : payload }));
  if (broken !== undefined) await environment.stop();
  return {
    function: fn.name,
    requestId,
    cold,
    initMs: cold ? loaded - begun : undefined,
    durationMs: performance.now() - loaded,
    payload: answer.body,
    failed: answer.failed,
    logTail: environment.logTail(),
  };
}
