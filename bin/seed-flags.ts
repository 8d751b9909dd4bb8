import { Exit } from './exit.ts';

/** What the first system called its commands. */
const flags: Readonly<Record<string, string>> = {
  '--analyze': 'analyze',
  '--status': 'status',
  '--emergency': 'emergency',
  '--interactive': 'interactive',
};

/** Flags that went with its `--start`; they are `npm start`'s now. */
const ofStart: readonly string[] = ['--start', '--daily-time', '--weekly-day', '--health-threshold'];

/** The command line with a flag of seed 000 in front as the command it is here. Throws Exit(2) for those of `npm start`. */
export function withoutSeedFlags(words: readonly string[]): readonly string[] {
  const [first = '', ...rest] = words;
  if (ofStart.includes(first)) {
    const given = words.filter((word) => word !== '--start');
    throw new Exit(2, `${first}: the system starts by itself. Fix: npm start${given.length === 0 ? '' : ` -- ${given.join(' ')}`}`);
  }
  const command = flags[first];
  return command === undefined ? words : [command, ...rest];
}
