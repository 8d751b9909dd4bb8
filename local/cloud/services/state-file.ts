import { readFile } from 'node:fs/promises';
import type * as z from 'zod/mini';
import { writeSafely } from '../../../shared/adapters/files/write-safely.ts';
import { refusalWords } from '../../../shared/system/config/refusal-words.ts';

/** A file that cannot be read as what it should be. It is left as it is. */
class CorruptState extends Error {
  readonly file: string;
  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(
      `${file}: ${problem}. Nothing was changed. Fix: repair the file, or move it away to begin with an empty one; the files beside it are not affected`,
      options,
    );
    this.name = 'CorruptState';
    this.file = file;
  }
}

/** Undefined when there is no such file; throws CorruptState when it does not have the shape. */
export async function readState<T>(file: string, shape: z.ZodMiniType<T>): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
  return parseState(file, text, shape);
}

/** Written before the caller is answered, so that what was acknowledged survives a crash. */
export async function writeState(file: string, state: unknown, mode?: number): Promise<void> {
  await writeSafely(file, `${JSON.stringify(state, undefined, 2)}\n`, mode);
}

/** State kept in one file. Changes happen one after the other; a change is seen only once it is on the disk. */
export interface KeptState<T> {
  readonly current: () => T;
  change(next: (state: T) => T): Promise<T>;
}

export async function keepState<T>(file: string, shape: z.ZodMiniType<T>, empty: T): Promise<KeptState<T>> {
  let state = (await readState(file, shape)) ?? empty;
  let last: Promise<unknown> = Promise.resolve();
  async function apply(next: (state: T) => T): Promise<T> {
    const changed = next(state);
    if (changed !== state) await writeState(file, changed);
    state = changed;
    return state;
  }
  return {
    current: () => state,
    change(next) {
      const done = last.then(() => apply(next));
      last = done.catch(() => undefined);
      return done;
    },
  };
}

function parseState<T>(file: string, text: string, shape: z.ZodMiniType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CorruptState(file, 'is not JSON', { cause });
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new CorruptState(file, refusalWords(parsed.error).replaceAll('\n', ' '), { cause: parsed.error });
}
