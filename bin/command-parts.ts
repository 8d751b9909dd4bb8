import type { Running } from '../local/runner/running.ts';
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
    environment: running ? { ...environment, ...surroundings(running) } : environment,
    config,
    clock,
    speed: running ? parsePace(running.clock).speed : 1,
    store,
    digest: sha256,
    writeLog: (line) => process.stderr.write(`${line}\n`),
  };
}

/** The exchange, the clock and the simulated models of a running system. */
function surroundings({ kalshiBaseUrl, clock, xaiBaseUrl }: Running) {
  const models = xaiBaseUrl === undefined ? {} : { XAI_API_KEY: 'simulated', XAI_BASE_URL: xaiBaseUrl };
  return { KALSHI_BASE_URL: kalshiBaseUrl, PILOT_CLOCK: clock, ...models };
}
