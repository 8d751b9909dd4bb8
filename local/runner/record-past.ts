import { connectKalshi } from '../../shared/adapters/kalshi/connect-kalshi.ts';
import { recordingKey } from '../../shared/adapters/recordings/recording-keys.ts';
import { recordScan } from '../../shared/adapters/recordings/scan-recording.ts';
import type { Blobs } from '../../shared/ports/blobs.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { createExchange } from '../exchange/create-exchange.ts';
import { listen } from '../exchange/server.ts';
import { generatedWorld } from '../exchange/world/generated-world.ts';
import { PAST_DAYS, type WorldFile } from './world-file.ts';

const HOUR = 3_600_000;
/** A week and a day, so that a week ago is known from the first scan on. */
const HOURS = 8 * 24;

/** A clock that is moved by hand, and by whoever waits for it. */
class HandClock implements Clock {
  at: number;

  constructor(at: number) {
    this.at = at;
  }

  now(): number {
    return this.at;
  }

  async sleep(ms: number): Promise<void> {
    this.at += ms;
  }
}

/**
 * Gives a new world its recorded past: the hours of the week before it began, scanned over HTTP and kept as scans are.
 * Does nothing where the last of them is there already.
 */
export async function recordPast(world: WorldFile, blobs: Blobs, progress: (done: number, all: number) => void): Promise<void> {
  const first = Math.floor(world.start / HOUR) * HOUR - HOURS * HOUR;
  const last = first + (HOURS - 1) * HOUR;
  if ((await blobs.get(recordingKey('scans', last))) !== undefined) return;
  const clock = new HandClock(first);
  const { seed, markets, start } = world;
  const exchange = createExchange({
    world: generatedWorld({ seed, markets, start, pastDays: PAST_DAYS }),
    clock,
    keys: [],
    settings: { quoteStepMs: HOUR },
  });
  const listening = await listen(exchange);
  try {
    const { marketData } = await connectKalshi({ baseUrl: listening.baseUrl, clock, random: Math.random, timeoutMs: HOUR });
    for (let hour = 0; hour < HOURS; hour++) {
      clock.at = first + hour * HOUR;
      await recordScan(blobs, new Date(clock.at).toISOString(), async (record) => {
        for await (const page of marketData.scan()) await record(page);
      });
      progress(hour + 1, HOURS);
    }
  } finally {
    await listening.close();
  }
}
