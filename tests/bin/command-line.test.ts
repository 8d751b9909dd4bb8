import type { Command } from 'commander';
import { describe, expect, test, vi } from 'vitest';
import { completionScript, shells } from '../../bin/completion.ts';
import { exitCodeOf } from '../../bin/exit.ts';
import { program } from '../../bin/program.ts';
import { rowsCsv } from '../../bin/views/export.ts';
import { logLine, logWanted } from '../../bin/views/logs.ts';
import { csvText } from '../../bin/views/table.ts';

/** Runs a command line in this process; what it writes is swallowed. */
async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const said: string[] = [];
  const take = (text: string | Uint8Array) => said.push(String(text)) > 0;
  const spies = [vi.spyOn(process.stdout, 'write').mockImplementation(take), vi.spyOn(process.stderr, 'write').mockImplementation(take)];
  try {
    await program().parseAsync([...args], { from: 'user' });
    return { code: 0, said: said.join('') };
  } catch (error) {
    return { code: exitCodeOf(error), said: said.join('') + String(error) };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** Each command by the words that call it, those within others too. */
function everyCommand(command: Command, before: readonly string[] = []): readonly string[] {
  return command.commands.flatMap((inner) => {
    const words = [...before, inner.name()];
    return [words.join(' '), ...everyCommand(inner as Command, words)];
  });
}

describe('the command line', () => {
  test.each(everyCommand(program()))('begins the help of %s with an example', async (name) => {
    expect((await run(...name.split(' '), '--help')).said).toMatch(/^Examples?: pilot/);
  });

  test('suggests the nearest to an unknown command, and ends with 2', async () => {
    const { code, said } = await run('statsu');
    expect(code).toBe(2);
    expect(said).toContain('Did you mean status?');
  });

  test.each([
    ['an unknown setting', ['pnl', '--set', 'scan.minVolum=3'], 2, 'did you mean scan.minVolume?'],
    ['a time that is none', ['trades', '--since', 'tuesday', '--env', 'local', '--set', 'x'], 2, 'Fix:'],
    ['a kind of alert that is none', ['alerts', 'mute', 'price-dop'], 2, 'did you mean price-drop?'],
    ['an address that is none', ['alerts', 'add', 'sms', '12345'], 2, '+15550100'],
    ['a way that is none', ['alerts', 'add', 'pigeon', 'x'], 2, 'Allowed choices'],
    ['a resume without a reason', ['resume'], 2, 'pilot resume --reason TEXT'],
    ['watching without a terminal', ['status', '--watch'], 2, 'leave out --watch'],
    ['an unknown command of a command', ['alerts', 'adds'], 2, 'did you mean add?'],
    ['an unknown command of one that has no action', ['aws', 'upp'], 2, 'Did you mean up?'],
    ['an empty note', ['note', '  '], 2, 'pilot note'],
    ['an analysis without a reason', ['emergency', '--analyze-only'], 2, '--reason TEXT'],
  ])('refuses %s with its fix', async (_name, args, code, fix) => {
    const ran = await run(...args);
    expect(ran.code).toBe(code);
    expect(ran.said).toContain(fix);
  });

  test.each(shells)('completes every command in %s', (shell) => {
    const pilot = program();
    const script = completionScript(pilot, shell);
    for (const command of pilot.commands) expect(script).toContain(command.name());
    expect(script).toContain('--dry-run');
    expect(script).toContain('strategy');
  });
});

describe('tables', () => {
  test('quote what a CSV would break on, and make text of what a sheet would run', () => {
    expect(csvText(['a', 'b', 'c'], [['x,y', 'say "no"', '=1+1']])).toBe('a,b,c\n"x,y","say ""no""",\'=1+1\n');
    expect(csvText(['a'], [['-8.40']])).toBe('a\n-8.40\n');
  });

  test('have a column for every field that any row has, empty where it is absent', () => {
    expect(rowsCsv([{ a: 1 }, { b: null, c: { d: 2 } }])).toBe('a,b,c\n1,,\n,,"{""d"":2}"\n');
    expect(rowsCsv([])).toBe('');
  });
});

describe('logs', () => {
  const line = JSON.stringify({
    level: 'warn',
    time: '2026-11-20T19:02:00.000Z',
    job: 'scan',
    tick: 't',
    run: 'r',
    message: 'slow',
    seconds: 31,
  });

  test('are shown by job and by how bad they are', () => {
    expect(logWanted(line, { level: 'warn' })).toBe(true);
    expect(logWanted(line, { level: 'error' })).toBe(false);
    expect(logWanted(line, { level: 'info', job: 'sync' })).toBe(false);
    expect(logWanted('{"_aws":{}}', { level: 'info' })).toBe(false);
  });

  test('are one line for people', () => {
    expect(logLine(line)).toBe('2026-11-20 19:02:00  WARN   scan            slow  seconds=31');
  });
});
