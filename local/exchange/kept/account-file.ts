import { appendFileSync, closeSync, ftruncateSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { writeSafely } from '../../../shared/adapters/files/write-safely.ts';
import { joined, type Moment, momentSchema } from './moment.ts';

/** `start` is when it began, ms. */
const worldKey = z.strictObject({ seed: z.int(), markets: z.int(), start: z.int() });

/** Which generated world an account is of. */
export type WorldKey = z.output<typeof worldKey>;

const header = z.strictObject({ kept: z.literal('exchange account'), world: worldKey });

/** The member's account on disk, a line a moment. */
export interface AccountFile {
  /** The account as it was when the file was opened; undefined for a new one. */
  readonly kept: Moment | undefined;
  readonly path: string;
  /** Adds a moment, whole or not at all; returns once kill -9 cannot undo it. Throws when the disk does. */
  append(moment: Moment): void;
  close(): void;
}

/** The world of a kept account; undefined without a file. Throws when it is no such file. */
export async function keptWorld(path: string): Promise<WorldKey | undefined> {
  const [first] = await completeLines(path);
  return first === undefined ? undefined : read(path, 1, first, header).world;
}

/**
 * Opens the file of this world's account, or begins it. What a killed process was writing when it died
 * was answered to nobody and is left out. Throws when the file is damaged or of another world, and then changes nothing.
 */
export async function openAccountFile(path: string, world: WorldKey): Promise<AccountFile> {
  const [first, ...lines] = await completeLines(path);
  const known = first === undefined ? world : read(path, 1, first, header).world;
  if (known.seed !== world.seed || known.markets !== world.markets || known.start !== world.start) throw foreign(path, known);
  const moments = lines.map((line, index) => read(path, index + 2, line, momentSchema));
  const kept = joined(moments);
  const whole = [{ kept: 'exchange account', world }, ...(kept ? [kept] : [])].map((line) => `${JSON.stringify(line)}\n`).join('');
  await writeSafely(path, whole, 0o600);
  return { path, kept, ...appending(path, Buffer.byteLength(whole)) };
}

async function completeLines(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return '';
    throw cause;
  });
  return text.split('\n').slice(0, -1);
}

function appending(path: string, from: number): Pick<AccountFile, 'append' | 'close'> {
  const file = openSync(path, 'a');
  let length = from;
  return {
    append(moment) {
      const line = Buffer.from(`${JSON.stringify(moment)}\n`);
      try {
        appendFileSync(file, line);
      } catch (cause) {
        // Half a line must not stand before the next one.
        ftruncateSync(file, length);
        throw cause;
      }
      length += line.length;
    },
    close: () => closeSync(file),
  };
}

function read<Schema extends z.ZodMiniType>(path: string, line: number, text: string, schema: Schema): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw damaged(path, `line ${line} is not what an exchange writes`, cause);
  }
}

/** A file that does not fit what it says itself or its world. */
export function damaged(path: string, problem: string, cause?: unknown): Error {
  return new Error(
    `${path}: ${problem}. Nothing was changed. Fix: restore the file, or move it away and the account begins anew with its starting cash`,
    { cause },
  );
}

function foreign(path: string, { seed, markets, start }: WorldKey): Error {
  const begun = new Date(start).toISOString();
  return new Error(
    `${path}: is the account of another world (seed ${seed}, ${markets} markets, begun ${begun}). Nothing was changed. Fix: ask for that world, or move the file away and the account begins anew`,
  );
}
