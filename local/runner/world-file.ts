import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Clock } from '../../shared/ports/clock.ts';
import { stateFolder } from './local-names.ts';

const shape = z.object({ seed: z.int(), markets: z.int().check(z.positive()), start: z.int(), now: z.int() });

/** The generated world of this machine, and how far its time has come: a restart goes on where it stopped. */
export type WorldFile = z.output<typeof shape>;

/** Days of past that a new world has. */
export const PAST_DAYS = 10;

/** The world kept here, or a new one. Throws when the file is damaged: nothing is overwritten. */
export function loadWorld(
  { seed, markets, now }: { readonly seed: number; readonly markets: number; readonly now: number },
  folder = stateFolder,
): WorldFile {
  const path = join(folder, 'world.json');
  if (!existsSync(path)) return saveWorld({ seed, markets, start: now, now }, folder);
  try {
    return shape.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new Error(`${path}: is damaged. Fix: restore it, or move the folder ${folder} away to begin anew`, { cause });
  }
}

/** How far the world of this machine has come; undefined when there is none, or its file cannot be read. */
export function worldTime(folder = stateFolder): number | undefined {
  try {
    return shape.parse(JSON.parse(readFileSync(join(folder, 'world.json'), 'utf8'))).now;
  } catch {
    return undefined;
  }
}

/** The whole file or the one before: a process that is killed while it writes leaves no half. */
function saveWorld(world: WorldFile, folder = stateFolder): WorldFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'world.json');
  writeFileSync(`${path}.new`, JSON.stringify(world), { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return world;
}

const SAVE_EVERY_MS = 1_000;

/**
 * Writes down as it passes how far the world's time has come, so that it never goes back after a crash: each note is the
 * latest it can be before the next one. Returns how to end it, which writes the time as it then is.
 */
export function keepTime(world: WorldFile, clock: Clock, speed: number, folder = stateFolder): () => void {
  const save = () => saveWorld({ ...world, now: Math.round(clock.now() + 2 * SAVE_EVERY_MS * speed) }, folder);
  save();
  const timer = setInterval(save, SAVE_EVERY_MS);
  return () => {
    clearInterval(timer);
    saveWorld({ ...world, now: clock.now() }, folder);
  };
}
