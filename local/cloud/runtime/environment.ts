import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { arn, localRegion } from '../arn.ts';
import type { LambdaFunction } from '../template/lambda-functions.ts';
import { type RuntimeAnswer, type RuntimeEvent, startRuntimeApi } from './runtime-api.ts';

/** One process that runs one function, one event at a time, as AWS keeps them: cold once, then warm. */
export interface Environment {
  /** Loads the code. Answers only when that fails. */
  readonly started: Promise<RuntimeAnswer | undefined>;
  /** False once its process has ended. */
  alive(): boolean;
  /** Runs to the end, to the time-out, or to the end of the process; the latter two leave it dead. */
  run(event: Pick<RuntimeEvent, 'requestId' | 'payload'>): Promise<RuntimeAnswer>;
  /** Last lines of its log, at most 4 kB. */
  logTail(): string;
  stop(): Promise<void>;
}

export interface EnvironmentOptions {
  readonly endpoint: string;
  /** Beside the template's own variables. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
  /** The time the function is to believe, ms. */
  readonly now: () => number;
}

/** AWS gives the code ten seconds to load. */
const initSeconds = 10;
const tailBytes = 4096;

export async function startEnvironment(fn: LambdaFunction, options: EnvironmentOptions): Promise<Environment> {
  const { endpoint, environment, log, now } = options;
  const api = await startRuntimeApi();
  const child = spawn(process.execPath, programOf(fn, now()), {
    cwd: fn.code,
    env: { ...environmentOf(fn, endpoint, api.address), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let tail = '';
  const keep = (line: string): void => {
    tail = `${tail}${line}\n`.slice(-tailBytes);
    log(`${fn.name}: ${line}`);
  };
  for (const stream of [child.stdout, child.stderr]) readLines(stream, keep);
  let usable = true;
  const kill = (): void => {
    usable = false;
    child.kill('SIGKILL');
  };
  const ended = endOf(child).finally(() => {
    usable = false;
    api.close();
  });
  const exited = (prefix: string): Promise<RuntimeAnswer> => ended.then((why) => failure('Runtime.ExitError', `${prefix}Error: ${why}`));

  return {
    started: within(initSeconds, kill, 'Error: Init', [api.ready, exited('')]),
    alive: () => usable,
    logTail: () => tail,
    run(event) {
      const at = now();
      const deadline = at + fn.timeoutSeconds * 1000;
      const prefix = `RequestId: ${event.requestId} `;
      const answered = api.run({ ...event, now: at, deadline, functionArn: arn.function(fn.name) });
      return within(fn.timeoutSeconds, kill, `${prefix}Error: Task`, [answered, exited(prefix)]);
    },
    async stop() {
      kill();
      await ended;
    },
  };
}

/** AWS's client, with the native half and the time replaced; memory as far as Node can be held to it. */
function programOf({ memoryMb }: LambdaFunction, now: number): readonly string[] {
  const client = fileURLToPath(import.meta.resolve('aws-lambda-ric'));
  const preload = new URL('./rapid-preload.ts', import.meta.url);
  preload.searchParams.set('now', String(now));
  return [`--max-old-space-size=${Math.floor(memoryMb * 0.9)}`, '--import', preload.href, client];
}

/** Only what Lambda itself would set: nothing of this machine's environment reaches the function. */
function environmentOf(fn: LambdaFunction, endpoint: string, api: string): Readonly<Record<string, string>> {
  return {
    ...fn.environment,
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TZ: ':UTC',
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: localRegion,
    AWS_DEFAULT_REGION: localRegion,
    AWS_ACCESS_KEY_ID: fn.role,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_RUNTIME_API: api,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    LAMBDA_TASK_ROOT: fn.code,
    _HANDLER: fn.handler,
  };
}

function readLines(stream: Readable, keep: (line: string) => void): void {
  createInterface(stream).on('line', keep);
}

async function endOf(child: ChildProcess): Promise<string> {
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return `Runtime exited with error: ${signal === null ? `exit status ${code}` : `signal: ${signal}`}`;
}

/** The first answer, or after so many seconds the end of the process and AWS's words for it. */
async function within<T>(
  seconds: number,
  kill: () => void,
  what: string,
  answers: readonly Promise<T | RuntimeAnswer>[],
): Promise<T | RuntimeAnswer> {
  const late = Promise.withResolvers<RuntimeAnswer>();
  const timer = setTimeout(() => {
    late.resolve(failure('Sandbox.Timedout', `${what} timed out after ${seconds.toFixed(2)} seconds`));
    kill();
  }, seconds * 1000);
  try {
    return await Promise.race([...answers, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** An error in the form AWS gives those that the function itself could not report. */
function failure(errorType: string, errorMessage: string): RuntimeAnswer {
  return { body: Buffer.from(JSON.stringify({ errorType, errorMessage })), failed: true };
}
