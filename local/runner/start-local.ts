import { paceText } from '../../shared/adapters/clock/clocks.ts';
import type { WeekDay } from '../../shared/system/map/schedule.ts';
import { banner } from './banner.ts';
import { firstRound } from './first-round.ts';
import { openLog } from './open-log.ts';
import { announce, findRunning, withdraw } from './running.ts';
import { serveDashboard } from './serve-dashboard.ts';
import { type LocalSystem, startSystem } from './system.ts';

export interface StartOptions {
  readonly speed: number;
  readonly prices: 'generated' | 'live';
  readonly mode: 'paper' | 'demo';
  readonly seed: number;
  readonly markets: number;
  readonly dailyTime?: string;
  readonly weeklyDay?: WeekDay;
  readonly healthThreshold?: number;
}

/** Starts everything, says where it is, and drains it on Ctrl-C. One system a folder. */
export async function startLocal(options: StartOptions): Promise<void> {
  const other = findRunning();
  if (other) throw new Error(`the system runs here already, as process ${other.pid}, at ${other.dashboard}. Fix: use it, or stop it first`);
  if (options.healthThreshold !== undefined) process.env.PILOT_HEALTH_THRESHOLD = String(options.healthThreshold);
  const { dailyTime, weeklyDay } = options;
  const system = await startSystem({ ...options, times: { dailyTime, weeklyDay }, log: tellingLog(), progress: showPast });
  const dashboard = await serveDashboard({ dailyTime, weeklyDay }, process.env.PORT).catch(async (error: unknown) => {
    await system.stop();
    throw error;
  });
  announce({
    pid: process.pid,
    endpoint: system.endpoint,
    dashboard: dashboard.url,
    mode: options.mode,
    prices: options.prices,
    clock: paceText(system.pace),
    kalshiBaseUrl: system.kalshiBaseUrl,
    ...(system.xaiBaseUrl !== undefined && { xaiBaseUrl: system.xaiBaseUrl }),
  });
  process.stdout.write(banner(options, system, dashboard.url));
  const running = system.run();
  await interrupted();
  process.stdout.write('\n  Stopping: what runs is finished, nothing new starts.\n');
  await drain(system, dashboard.close);
  await running;
  withdraw();
  process.stdout.write('  Stopped. Nothing is traded while stopped.\n');
}

/** Everything goes into the log; what the first round came to is also said. */
function tellingLog(): (line: string) => void {
  const [keep, hear] = [openLog(), firstRound((line) => void process.stdout.write(`${line}\n`))];
  return (line) => {
    keep(line);
    hear(line);
  };
}

async function drain(system: LocalSystem, closeDashboard: () => Promise<void>): Promise<void> {
  await closeDashboard();
  await system.stop();
}

function showPast(done: number, all: number): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r  Recording the past of a new world ${Math.floor((100 * done) / all)}%${done === all ? '\n' : ''}`);
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
