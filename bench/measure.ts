import { performance } from 'node:perf_hooks';

/** Fewer runs than this tell nothing on a shared machine. */
export const MIN_RUNS = 5;

type Work = () => unknown;

/** Milliseconds since some fixed moment. */
type Clock = () => number;

/** Elapsed time. */
export const wall: Clock = () => performance.now();

/** Time this process spent computing, all threads, user and system. */
export const cpu: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

interface Options {
  readonly clock?: Clock;
  /** At least five; the median of them counts. */
  readonly runs?: number;
  /** Unmeasured runs before, so that the compiler has seen the code. */
  readonly warmUps?: number;
}

/** Milliseconds of one piece of work: the median of its runs. */
export async function measure(work: Work, options: Options = {}): Promise<number> {
  return (await interleave({ work }, options)).work;
}

/**
 * Milliseconds of several pieces of work, by name: the median of each. They take turns, every other round in reverse,
 * so that a slow moment of the machine falls on all of them alike.
 */
export async function interleave<Name extends string>(
  works: Readonly<Record<Name, Work>>,
  { clock = wall, runs = MIN_RUNS, warmUps = 1 }: Options = {},
): Promise<Readonly<Record<Name, number>>> {
  if (runs < MIN_RUNS) throw new Error(`runs: ${runs} are too few. Fix: give at least ${MIN_RUNS}`);
  const entries = Object.entries<Work>(works).map(([name, work]) => ({ name, work, times: [] as number[] }));
  for (let round = -warmUps; round < runs; round++) {
    for (const { work, times } of round % 2 === 0 ? entries : entries.toReversed()) {
      const started = clock();
      await work();
      if (round >= 0) times.push(clock() - started);
    }
  }
  return Object.fromEntries(entries.map(({ name, times }) => [name, median(times)])) as Record<Name, number>;
}

/** The middle value, or the mean of the two middle ones. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (upper + lower) / 2;
}
