import { isWatched } from './talk.ts';

/** A progress bar on stderr while someone watches; silence otherwise. Redrawn at most ten times a second. */
export function progressBar(label: string, total: number): { tick(by?: number): void; done(): void } {
  let drawn = 0;
  let count = 0;
  const { stderr } = process;
  const draw = () => {
    const share = total === 0 ? 1 : count / total;
    const filled = Math.round(share * 30);
    stderr.write(`\r${label} ${'█'.repeat(filled)}${'░'.repeat(30 - filled)} ${String(Math.floor(share * 100)).padStart(3)}%`);
  };
  return {
    tick(by = 1) {
      count += by;
      const now = Date.now();
      if (!isWatched() || now - drawn < 100) return;
      drawn = now;
      draw();
    },
    done() {
      if (isWatched()) stderr.write(`\r${' '.repeat(label.length + 38)}\r`);
    },
  };
}
