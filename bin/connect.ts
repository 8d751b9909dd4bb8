import { readFileSync } from 'node:fs';
import { findRunning } from '../local/runner/running.ts';
import { pacedClock, parsePace, wallClock } from '../shared/adapters/clock/clocks.ts';
import { connectKalshi, type Kalshi } from '../shared/adapters/kalshi/connect-kalshi.ts';
import type { Credentials } from '../shared/adapters/kalshi/signer.ts';
import type { Mode } from '../shared/domain/book.ts';
import { InvalidValue } from '../shared/domain/money.ts';
import type { Clock } from '../shared/ports/clock.ts';
import { readEnvFile } from '../shared/system/config/env-file.ts';
import { type Environment, readEnvironment } from '../shared/system/config/environment.ts';
import { exchangeAddress } from '../shared/system/exchange-address.ts';
import { Exit } from './exit.ts';
import { loadConfig } from './options.ts';

/** The environment of this command: its own variables, and below them those of a private `.env`. Throws ConfigError. */
export function commandEnvironment(): Environment {
  return readEnvironment({ ...readEnvFile(), ...process.env });
}

/** The mode that was asked for, else that of the environment, else that of pilot.config.ts. Throws ConfigError. */
export async function modeOf(asked: Mode | undefined): Promise<Mode> {
  return asked ?? commandEnvironment().PILOT_MODE ?? (await loadConfig({})).mode;
}

/** The same for what runs on this machine. Throws Exit(2) for live: nothing here may send an order for real money by itself. */
export async function modeHere(asked: Mode | undefined): Promise<'paper' | 'demo'> {
  const mode = await modeOf(asked);
  if (mode === 'live') throw new Exit(2, 'mode: live runs in AWS only. Fix: pilot aws up --mode live, or give --mode paper here');
  return mode;
}

/** Gives this process what a private `.env` says, for functions that run in it. Throws ConfigError. */
export function adoptEnvFile(): void {
  for (const [name, value] of Object.entries(readEnvFile())) process.env[name] ??= value;
}

/** The exchange an environment means: the one it names, else that of the system running here, else the real one. */
export function exchangeOf({ KALSHI_BASE_URL: named, PILOT_MODE: mode }: Environment): { readonly baseUrl: string; readonly clock: Clock } {
  const running = named === undefined ? findRunning() : undefined;
  if (running) return { baseUrl: running.kalshiBaseUrl, clock: pacedClock(parsePace(running.clock)) };
  return { baseUrl: exchangeAddress(mode ?? 'paper', named), clock: wallClock };
}

/** The key an environment names; undefined when it names none. Throws InvalidValue when its file cannot be read. */
export function credentialsOf({ KALSHI_KEY_ID: keyId, KALSHI_PRIVATE_KEY_PATH: path }: Environment): Credentials | undefined {
  if (keyId === undefined || path === undefined) return undefined;
  try {
    return { keyId, privateKey: readFileSync(path, 'utf8') };
  } catch (cause) {
    const said = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new InvalidValue('KALSHI_PRIVATE_KEY_PATH', path, `give the path of the key file that was downloaded with the key id (${said})`);
  }
}

/** Kalshi as the environment names it, with its key if it names one. Throws InvalidValue. */
export function connectAs(environment: Environment): Promise<Kalshi> {
  const credentials = credentialsOf(environment);
  const { KALSHI_WS_URL: wsUrl } = environment;
  return connectKalshi({
    ...exchangeOf(environment),
    random: Math.random,
    ...(credentials === undefined ? {} : { credentials }),
    ...(wsUrl === undefined ? {} : { wsUrl }),
  });
}
