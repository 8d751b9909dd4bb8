import { parsePace } from '../shared/adapters/clock/clocks.ts';
import { sha256 } from '../shared/adapters/crypto/sha256.ts';
import type { Config } from '../shared/system/config/schema.ts';
import type { Parts } from '../shared/system/parts.ts';
import { commandEnvironment } from './connect.ts';
import type { OpenedStore } from './open-store.ts';

/** What a function's work needs, put together for a command: its own environment, and the exchange of the system that runs here. */
export function commandParts({ store, clock, running }: OpenedStore, config: Config): Parts {
  const environment = commandEnvironment();
  return {
    environment: running ? { ...environment, KALSHI_BASE_URL: running.kalshiBaseUrl, PILOT_CLOCK: running.clock } : environment,
    config,
    clock,
    speed: running ? parsePace(running.clock).speed : 1,
    store,
    digest: sha256,
    writeLog: (line) => process.stderr.write(`${line}\n`),
  };
}
