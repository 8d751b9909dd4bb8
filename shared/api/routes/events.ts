import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Reading } from './reading.ts';
import { readStatus } from './status.ts';

/** How often it is looked whether anything changed, and told that the line is alive; real milliseconds. */
const LOOK_MS = 5_000;

/** Server-sent events: `changed` whenever the status is another than before, `alive` otherwise. The page then reads again. */
export function streamChanges(c: Context, read: () => Reading): Response {
  return streamSSE(c, async (stream) => {
    let before = '';
    while (!stream.aborted && !stream.closed) {
      const { clock: _clock, uptimeSeconds: _uptime, ...rest } = await readStatus(read());
      const now = JSON.stringify(rest);
      await stream.writeSSE({ event: now === before ? 'alive' : 'changed', data: '' });
      before = now;
      await stream.sleep(LOOK_MS);
    }
  });
}
