import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { interactiveCommand } from '../../bin/commands/interactive.ts';
import { Exit } from '../../bin/exit.ts';
import { program } from '../../bin/program.ts';
import { callPilot } from './run-pilot.ts';

/** Somebody types these lines, each when asked, and what was run comes back. */
async function typing(
  lines: readonly string[],
  run?: (words: readonly string[]) => Promise<unknown>,
): Promise<readonly (readonly string[])[]> {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = new PassThrough();
  const waiting = [...lines];
  output.on('data', (chunk) => {
    if (!String(chunk).endsWith('pilot> ')) return;
    const next = waiting.shift();
    if (next === undefined) input.end();
    else input.write(`${next}\n`);
  });
  const ran: (readonly string[])[] = [];
  const keep = async (words: readonly string[]) => {
    ran.push(words);
    await run?.(words);
  };
  await interactiveCommand(keep, { input, output }).parseAsync([], { from: 'user' });
  return ran;
}

describe('pilot interactive', () => {
  test('runs what is typed as the shell would, until quit', async () => {
    const ran = await typing(['status', '', 'pilot why KXFED', 'note "two words" \'and more\'', 'quit', 'never']);
    expect(ran).toEqual([['status'], ['why', 'KXFED'], ['note', 'two words', 'and more']]);
  });

  test('goes on after a command that failed, and ends with the input', async () => {
    const ran = await typing(['risk', 'status'], () => Promise.reject(new Exit(3, 'no system. Fix: npm start')));
    expect(ran).toEqual([['risk'], ['status']]);
  });

  test('has every verb it offers as a command of the same name', async () => {
    const names = program().commands.map((command) => command.name());
    for (const verb of ['status', 'why', 'risk', 'analyze', 'report', 'pause', 'resume', 'emergency']) expect(names).toContain(verb);
  });

  test('is refused where nobody can type', async () => {
    expect(await callPilot('interactive')).toMatchObject({ code: 2, err: expect.stringContaining('Fix: call the commands themselves') });
  });
});
