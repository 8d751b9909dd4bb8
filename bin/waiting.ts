import { isWatched } from './talk.ts';

const QUIET_MS = 2_000;
const EVERY_MS = 200;
const WIDTH = 12;

/** Waits for work. What takes longer than two seconds shows on stderr that it goes on, and for how long, while someone watches. */
export async function waiting<T>(label: string, work: Promise<T>): Promise<T> {
  const { stderr } = process;
  if (!isWatched()) return work;
  const began = Date.now();
  const timer = setInterval(() => {
    const passed = Date.now() - began;
    if (passed >= QUIET_MS) stderr.write(`\r${label} ${barAt(passed)} ${Math.floor(passed / 1000)} s `);
  }, EVERY_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (Date.now() - began >= QUIET_MS) stderr.write(`\r${' '.repeat(label.length + WIDTH + 10)}\r`);
  }
}

/** A block that runs through the bar: how much is left nobody knows. */
function barAt(passed: number): string {
  const at = Math.floor(passed / EVERY_MS) % WIDTH;
  return `${'░'.repeat(at)}█${'░'.repeat(WIDTH - at - 1)}`;
}
