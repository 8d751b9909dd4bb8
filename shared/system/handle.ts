import middy from '@middy/core';
import type { Lease } from '../ports/store.ts';
import { type Log, makeLog } from './log.ts';
import { retimed } from './map/schedule.ts';
import { type FunctionName, functions, heartbeat } from './map.ts';
import { openParts, type Parts } from './parts.ts';
import { periodOf, readEvent, type Started } from './read-event.ts';

/** What a run has to work with. */
export interface RunContext extends Started {
  readonly parts: Parts;
  readonly log: Log;
  /** Ends before Lambda does, so that what began can be written down. */
  readonly signal: AbortSignal;
}

/** A use case with its parts put together. What it returns is the function's answer, and its log line. */
export type Run = (context: RunContext) => Promise<Readonly<Record<string, unknown>>>;

interface LambdaContext {
  readonly awsRequestId?: string;
  getRemainingTimeInMillis?(): number;
}

/** A run as the stack follows it. */
interface Following {
  readonly context: RunContext;
  lease?: Lease;
  startedAt?: number;
}

type Request = middy.Request<unknown, unknown, Error, LambdaContext & object>;

/** Left before the time-out to write down how the run ended. */
const MARGIN_MS = 3_000;

/**
 * The stack every function shares: event and log, late and repeated ticks, one run at a time, a time budget, the run
 * written down, the heartbeat. `open` gives other parts than this process's own: a drill has time and stores of its own,
 * and takes them to a function of functions/ by `withParts`.
 */
export function handle(name: FunctionName, run: Run, open: () => Promise<Parts> = openParts) {
  const runs = new WeakMap<object, Following>();
  const followed = (context: object): Following => {
    const following = runs.get(context);
    if (!following) throw new Error(`${name} was called before it was set up`);
    return following;
  };
  const handler = middy<unknown, unknown, Error, LambdaContext & object>()
    .use({ before: async (request: Request) => void runs.set(request.context, { context: await begin(name, request, open) }) })
    .use({
      before: (request: Request) => once(name, followed(request.context)),
      after: (request: Request) => end(name, followed(request.context), request.response),
      onError: (request: Request) => fail(runs.get(request.context), name, request.error ?? null),
    })
    .handler(async (_event: unknown, context: LambdaContext & object) => ({ outcome: 'ok', ...(await run(followed(context).context)) }));
  return Object.assign(handler, { withParts: (parts: Parts) => handle(name, run, async () => parts) });
}

async function begin(name: FunctionName, { event, context }: Request, open: () => Promise<Parts>): Promise<RunContext> {
  const parts = await open();
  const started = readEvent(name, functions[name], event, parts.clock.now());
  const log = makeLog({ job: name, tick: started.tick, run: context.awsRequestId ?? 'local' }, parts.writeLog);
  const left = context.getRemainingTimeInMillis?.() ?? functions[name].timeoutSeconds * 1000;
  return { ...started, parts, log, signal: AbortSignal.timeout(Math.max(1, left - MARGIN_MS)) };
}

/** Answers `skipped` for what must not run: too late, done already, or still running. */
async function once(name: FunctionName, following: Following): Promise<unknown> {
  const { parts, tick, nothing, log } = following.context;
  const now = parts.clock.now();
  if (nothing !== undefined) return skipped(log, nothing);
  const period = periodOf(name, retimed(functions, { alertMinutes: parts.config.alerts.checkMinutes }));
  const late = now - Date.parse(tick);
  if (period !== undefined && late > period) return skipped(log, `tick is ${Math.round(late / 1000)} s old, older than its period`);
  if ('http' in functions[name].trigger) return undefined;
  const lasts = functions[name].timeoutSeconds * 1000 * parts.speed;
  const lease = await parts.store.leases.acquire(`job:${name}`, `${tick}#${now}`, now, now + lasts);
  if (!lease) return skipped(log, 'another run of this job is still going');
  following.lease = lease;
  if (!(await parts.store.runs.claim(name, tick, now, lasts))) {
    await parts.store.leases.release(lease);
    return skipped(log, 'this tick has been run');
  }
  following.startedAt = now;
  return undefined;
}

function skipped(log: Log, why: string): { readonly outcome: 'skipped'; readonly why: string } {
  log.warn('skipped', { why });
  return { outcome: 'skipped', why };
}

async function end(name: FunctionName, { context, startedAt, lease }: Following, response: unknown): Promise<void> {
  context.log.info('done', response as Record<string, unknown>);
  if (startedAt === undefined || !lease) return;
  await written(context, name, startedAt, 'ok', summaryOf(response));
  if (functions[name].aliveWithinMinutes !== undefined) context.parts.writeLog(heartbeatLine(name));
  await context.parts.store.leases.release(lease);
}

/** The run is written down as failed; the alert check raises it from there, and the original error goes on to Lambda. */
async function fail(following: Following | undefined, name: FunctionName, error: Error | null): Promise<void> {
  if (!following) return;
  const { context, startedAt, lease } = following;
  context.log.error('failed', { error });
  const outcome = context.signal.aborted ? 'timed-out' : 'failed';
  const closing: Promise<unknown>[] = [];
  if (startedAt !== undefined) closing.push(written(context, name, startedAt, outcome, error?.message ?? 'unknown error'));
  if (lease) closing.push(context.parts.store.leases.release(lease));
  for (const { status, reason } of (await Promise.allSettled(closing)) as PromiseRejectedResult[]) {
    if (status === 'rejected') context.log.error('the failure could not be written down', { error: reason });
  }
}

async function written(
  { parts, tick }: RunContext,
  job: string,
  startedAt: number,
  outcome: 'ok' | 'failed' | 'timed-out',
  detail: string,
): Promise<void> {
  await parts.store.runs.finish({ job, tick, startedAt, endedAt: parts.clock.now(), outcome, ...(detail === '' ? {} : { detail }) });
}

/** The answer as a line for the run's record, bounded. */
function summaryOf(response: unknown): string {
  return JSON.stringify(response).slice(0, 400);
}

/** A CloudWatch metric in its embedded format: the dead-man's switch counts these. */
function heartbeatLine(job: string): string {
  const { namespace, metric, dimension } = heartbeat;
  const CloudWatchMetrics = [{ Namespace: namespace, Dimensions: [[dimension]], Metrics: [{ Name: metric, Unit: 'Count' }] }];
  return JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics }, [dimension]: job, [metric]: 1 });
}
