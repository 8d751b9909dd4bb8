import { describe, expect, test, vi } from 'vitest';
import { speedText } from '../../bin/views/view.ts';
import { waiting } from '../../bin/waiting.ts';

/** What somebody at a terminal, or nobody, sees on stderr while work takes that long. */
async function seen(ms: number, isTTY: boolean): Promise<string> {
  vi.useFakeTimers();
  const said: string[] = [];
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const before = process.stderr.isTTY;
  process.stderr.isTTY = isTTY;
  try {
    const work = waiting('scan', new Promise((done) => setTimeout(() => done('ok'), ms)));
    await vi.advanceTimersByTimeAsync(ms);
    expect(await work).toBe('ok');
    return said.join('');
  } finally {
    process.stderr.isTTY = before;
    spy.mockRestore();
    vi.useRealTimers();
  }
}

describe('waiting', () => {
  test('shows that it goes on after two seconds, and clears it away', async () => {
    const shown = await seen(5_000, true);
    expect(shown).toMatch(/scan ░*█░* 4 s/);
    expect(shown).toMatch(/\r +\r$/);
  });

  test('says nothing of what is quick, and nothing where nobody watches', async () => {
    expect(await seen(1_500, true)).toBe('');
    expect(await seen(5_000, false)).toBe('');
  });
});

test('only a clock that runs faster than one’s own is spoken of', () => {
  expect([speedText({}), speedText({ speed: 1 })]).toEqual([undefined, undefined]);
  expect(speedText({ speed: 60 })).toBe('time runs 60 times as fast as yours');
});
