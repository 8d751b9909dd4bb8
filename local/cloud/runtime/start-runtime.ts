import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Invoker } from '../services/lambda.ts';
import { readAssembly } from '../template/assembly.ts';
import { type LambdaFunction, lambdaFunctions } from '../template/lambda-functions.ts';
import { type Override, resolver } from '../template/resolver.ts';
import { deliver } from './deliver.ts';
import { type EnvironmentPool, environmentPool, type FunctionRun } from './environment-pool.ts';

export interface RuntimeOptions {
  /** The local AWS endpoint: what the functions call, and where their destinations are. */
  readonly endpoint: string;
  /** Values the template cannot give. */
  readonly resolve?: Override;
  /** What a deploy would leave to its default, beside the template's own variables: where the exchange is. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Sees every run, asynchronous ones too. */
  readonly onRun?: (run: FunctionRun) => void;
  readonly log?: (line: string) => void;
  /** Waits before an asynchronous event is run again, ms; absent: AWS's one and two minutes. */
  readonly retryDelays?: readonly number[];
  /** The time the functions are to believe, ms: it may jump between runs. */
  readonly now?: () => number;
}

export interface Runtime {
  readonly functions: readonly LambdaFunction[];
  /** By name or logical id; what the endpoint's Lambda calls. */
  readonly invoke: Invoker;
  /** Until no asynchronous event is on its way, those that others caused included. */
  settled(): Promise<void>;
  /** Ends every environment at once, whatever it is doing. */
  close(): Promise<void>;
}

/**
 * Runs the bundles of a synthesized app as AWS would: its own runtime interface client, a process per environment, cold
 * and warm, the template's time-outs, retries and destinations. Each function signs as its role.
 */
export async function startRuntime(templateDir: string, options: RuntimeOptions): Promise<Runtime> {
  const { endpoint, resolve, environment = {}, onRun, log = () => undefined, retryDelays = [60_000, 120_000], now = Date.now } = options;
  const assembly = readAssembly(templateDir);
  const unpacked = await mkdtemp(join(tmpdir(), 'pilot-lambda-'));
  const functions = await unpack(lambdaFunctions(assembly, resolver(assembly, endpoint, resolve)), unpacked);
  const pools = new Map<LambdaFunction, EnvironmentPool>(
    functions.map((fn) => [fn, environmentPool(fn, { endpoint, environment, log, now })]),
  );
  const underway = new Set<Promise<void>>();
  const closing = new AbortController();

  async function run(pool: EnvironmentPool, payload: Uint8Array): Promise<FunctionRun> {
    closing.signal.throwIfAborted();
    const done = await pool.run(payload);
    onRun?.(done);
    return done;
  }

  function accept(fn: LambdaFunction, pool: EnvironmentPool, payload: Uint8Array): void {
    const delivered = deliver(fn, payload, () => run(pool, payload), { endpoint, retryDelays, signal: closing.signal }).catch(
      (cause: unknown) => log(`${fn.name}: ${String(cause)}`),
    );
    underway.add(delivered);
    void delivered.finally(() => underway.delete(delivered));
  }

  return {
    functions,
    async invoke(name, payload, { async }) {
      const [fn, pool] = [...pools].find(([{ name: own, logicalId }]) => own === name || logicalId === name) ?? [];
      if (fn === undefined || pool === undefined) return undefined;
      if (async) {
        accept(fn, pool, payload);
        return { payload: '' };
      }
      const done = await run(pool, payload);
      return { payload: done.payload, logTail: done.logTail, ...(done.failed && { functionError: 'Unhandled' as const }) };
    },
    async settled() {
      while (underway.size > 0) await Promise.all(underway);
    },
    async close() {
      closing.abort(new Error('the local Lambda runtime is closed. Fix: start it again'));
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
      await rm(unpacked, { recursive: true, force: true });
    },
  };
}

/** Each function in a folder of its own, away from this project's packages and its package.json: what is not bundled is missing. */
async function unpack(functions: readonly LambdaFunction[], folder: string): Promise<readonly LambdaFunction[]> {
  return Promise.all(
    functions.map(async (fn) => {
      const code = join(folder, fn.name);
      await cp(fn.code, code, { recursive: true });
      return { ...fn, code };
    }),
  );
}
