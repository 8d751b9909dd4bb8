import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { type DynamodbProgram, findProgram } from './dynamodb-program.ts';

export interface LocalDynamodb {
  readonly endpoint: string;
  /** Whose it is, in words for a banner. */
  readonly engine: string;
  stop(): Promise<void>;
}

export interface LocalDynamodbOptions {
  /** An endpoint that runs already: AWS_ENDPOINT_URL_DYNAMODB. */
  readonly endpoint?: string | undefined;
  /** File (or, for DynamoDB Local, folder) that keeps the data; in memory without. */
  readonly dataPath?: string;
}

/** Long enough for Java on a busy machine; and for one that should run already. */
const STARTED_WITHIN = 30_000;
const FOUND_WITHIN = 2000;

/**
 * DynamoDB on this machine: the one that is given, else the embedded binary, else the user's DynamoDB Local. It ends with
 * this process, however that ends. Throws one sentence naming what is missing or failed, and the fix.
 */
export async function startDynamodb({ endpoint, dataPath }: LocalDynamodbOptions = {}): Promise<LocalDynamodb> {
  if (endpoint !== undefined) {
    await given(endpoint);
    return { endpoint, engine: endpoint, stop: async () => undefined };
  }
  const program = findProgram();
  if (dataPath !== undefined) await mkdir(program.keepsFolder ? dataPath : dirname(dataPath), { recursive: true });
  return startProgram(program, await freePort(), dataPath);
}

async function given(endpoint: string): Promise<void> {
  try {
    await ready(endpoint, FOUND_WITHIN, () => undefined);
  } catch (cause) {
    throw new Error(`DynamoDB: ${(cause as Error).message}. Fix: start it, or unset AWS_ENDPOINT_URL_DYNAMODB`, { cause });
  }
}

async function startProgram(program: DynamodbProgram, port: number, dataPath: string | undefined): Promise<LocalDynamodb> {
  const endpoint = `http://127.0.0.1:${port}`;
  const child = spawnTied(program.command, program.args(port, dataPath));
  const said: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  child.once('error', ({ message }) => said.push(message));
  const stop = () => stopTied(child);
  try {
    await ready(endpoint, STARTED_WITHIN, () => (isRunning(child) ? undefined : said.join('').trim() || `exit code ${child.exitCode}`));
  } catch (cause) {
    await stop();
    throw startFailure(program.name, (cause as Error).message, dataPath, cause);
  }
  return { endpoint, engine: program.name, stop };
}

/** No DynamoDB answers on this machine. */
export class NoDynamodb extends Error {
  override readonly name = 'NoDynamodb';
}

/** The first line of what it said; the rest is of the shell around it. */
function startFailure(name: string, said: string, dataPath: string | undefined, cause: unknown): NoDynamodb {
  if (dataPath !== undefined && /not a valid SQLite|not a database|malformed/i.test(said)) {
    const fix = 'move it away, then put a day back with pilot restore DAY, or begin anew with npm start';
    return new NoDynamodb(`${dataPath} is damaged: it is no database any more. Fix: ${fix}`, { cause });
  }
  const [line = said] = said.split('\n');
  return new NoDynamodb(`${name} did not start: ${line}. Fix: see that it runs by hand, and that its data can be written`, { cause });
}

/**
 * Lives no longer than this process, even if that is killed: the shell ends it when its own input closes. In its own
 * process group, so that Ctrl-C does not take it away from under work that is being finished.
 */
function spawnTied(command: string, args: readonly string[]): ChildProcess {
  const script = 'exec 3<&0; "$0" "$@" </dev/null & child=$!; { cat >/dev/null; kill $child; } <&3 & wait $child';
  const child = spawn('sh', ['-c', script, command, ...args], { stdio: ['pipe', 'ignore', 'pipe'], detached: true });
  child.once('exit', () => child.stdin?.destroy());
  return child;
}

async function stopTied(child: ChildProcess): Promise<void> {
  if (!isRunning(child)) return;
  const gone = once(child, 'exit');
  child.stdin?.end();
  await gone;
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** Waits until it lists its tables. `broken` says why waiting is in vain. */
async function ready(endpoint: string, within: number, broken: () => string | undefined): Promise<void> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  const giveUp = Date.now() + within;
  for (;;) {
    try {
      await client.send(new ListTablesCommand({ Limit: 1 }));
      return;
    } catch (cause) {
      const why = broken() ?? (Date.now() > giveUp ? `no answer from ${endpoint} in ${within / 1000} s` : undefined);
      if (why !== undefined) throw new Error(why, { cause });
      await delay(10);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1. Fix: close programs that hold ports');
  return address.port;
}
