import { describe, expect, test } from 'vitest';
import { program } from '../../bin/program.ts';
import { withoutSeedFlags } from '../../bin/seed-flags.ts';

describe('the flags of seed 000', () => {
  test.each(['analyze', 'status', 'emergency', 'interactive'])('--%s is the command of its name', (name) => {
    expect(withoutSeedFlags([`--${name}`, '--json'])).toEqual([name, '--json']);
    expect(program().commands.map((command) => command.name())).toContain(name);
  });

  test.each([
    [['--start'], 'Fix: npm start'],
    [['--start', '--daily-time', '10:30'], 'Fix: npm start -- --daily-time 10:30'],
    [['--health-threshold', '60'], 'Fix: npm start -- --health-threshold 60'],
  ])('%j is what npm start takes', (words, fix) => {
    expect(() => withoutSeedFlags(words)).toThrow(fix);
  });

  test('nothing else is touched', () => {
    expect(withoutSeedFlags(['status', '--start'])).toEqual(['status', '--start']);
    expect(withoutSeedFlags([])).toEqual([]);
  });
});
