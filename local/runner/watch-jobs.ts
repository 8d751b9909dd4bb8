import type { Clock } from '../../shared/ports/clock.ts';
import type { FunctionName, FunctionSpec } from '../../shared/system/map.ts';
import { tellSilence } from '../../shared/system/tell-silence.ts';
import { DeadMan, type Silence } from './dead-man.ts';
import type { Fire } from './scheduler.ts';

const LOOK_MS = 1_000;
/** Of the machine's own time. */
const LEAST_MS = 120_000;

/** Passes runs on and watches that they go on; what falls silent is said on the terminal, in the log and to whoever is told. */
export function watchJobs(
  map: Readonly<Record<FunctionName, FunctionSpec>>,
  clock: Clock,
  { fire, log, speed }: { readonly fire: Fire; readonly log: (line: string) => void; readonly speed: number },
): { readonly fire: Fire; stop(): void } {
  const man = new DeadMan(map, clock, LEAST_MS * speed);
  const timer = setInterval(() => {
    for (const silence of man.look()) void tell(silence, clock.now(), log);
  }, LOOK_MS);
  return {
    fire: async (name, event) => {
      const answer = await fire(name, event);
      if ((answer as { readonly outcome?: unknown } | undefined)?.outcome !== 'skipped') man.ended(name);
      return answer;
    },
    stop: () => clearInterval(timer),
  };
}

/** The terminal first: it needs nothing else to work. */
async function tell(silence: Silence, at: number, log: (line: string) => void): Promise<void> {
  const { job } = silence;
  const say = (message: string) => log(JSON.stringify({ level: 'error', time: new Date(at).toISOString(), job, message }));
  const text = `${job} has not completed when it should have. Fix: npx pilot logs --job ${job}, then npx pilot doctor`;
  process.stderr.write(`  ✗ ${text}\n`);
  say(text);
  await tellSilence(silence).catch((error: unknown) =>
    say(`nobody could be told: ${error instanceof Error ? error.message : String(error)}`),
  );
}
