import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { stateFolder } from './local-names.ts';

const shape = z.object({ seed: z.int(), markets: z.int().positive(), start: z.int(), now: z.int() });

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

export function saveWorld(world: WorldFile, folder = stateFolder): WorldFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'world.json'), JSON.stringify(world), { mode: 0o600 });
  return world;
}
