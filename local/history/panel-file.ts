import { createReadStream, createWriteStream } from 'node:fs';
import { appendFile, mkdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import * as z from 'zod/mini';
import { InvalidValue } from '../../shared/domain/money.ts';
import { panelHeader } from './panel-rows.ts';

/** What a download was asked for; it goes on only for the same. */
const askedSchema = z.strictObject({ series: z.array(z.string()), days: z.number(), from: z.number(), to: z.number() });
const stepSchema = z.strictObject({ done: z.array(z.string()), bytes: z.int(), rows: z.int() });

export type Asked = z.output<typeof askedSchema>;

/**
 * A panel that is written market by market and can be gone on with: the rows grow in FILE.part, and FILE.part.log says after
 * each step how far they are good. What a broken run left beyond that is cut off.
 */
export class PanelFile {
  readonly asked: Asked;
  readonly done: Set<string>;
  readonly #path: string;
  #bytes: number;
  #rows: number;

  private constructor(path: string, asked: Asked, { done, bytes, rows }: z.output<typeof stepSchema>) {
    this.#path = path;
    this.asked = asked;
    this.done = new Set(done);
    this.#bytes = bytes;
    this.#rows = rows;
  }

  /** Begins, or goes on where it was left. Throws InvalidValue when the file there was asked for otherwise. */
  static async open(path: string, asked: Asked): Promise<PanelFile> {
    const begun = await readLog(`${path}.part.log`);
    if (!begun) return PanelFile.#begin(path, asked);
    const same = begun.asked.days === asked.days && begun.asked.series.join() === asked.series.join();
    if (!same) {
      const words = [...begun.asked.series.map((name) => `--series ${name}`), `--days ${begun.asked.days}`].join(' ');
      throw new InvalidValue('--out', path, `finish what was begun there with ${words}, or remove ${path}.part.log to start over`);
    }
    await truncate(`${path}.part`, begun.last.bytes);
    return new PanelFile(path, begun.asked, begun.last);
  }

  static async #begin(path: string, asked: Asked): Promise<PanelFile> {
    const head = `${panelHeader}\n`;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.part`, head);
    await writeFile(`${path}.part.log`, `${JSON.stringify(asked)}\n`);
    const file = new PanelFile(path, asked, { done: [], bytes: head.length, rows: 0 });
    await file.append([], []);
    return file;
  }

  /** Adds the rows of some markets, which are then done. */
  async append(tickers: readonly string[], rows: readonly string[]): Promise<void> {
    const text = rows.map((row) => `${row}\n`).join('');
    await appendFile(`${this.#path}.part`, text);
    this.#bytes += Buffer.byteLength(text);
    this.#rows += rows.length;
    const step: z.output<typeof stepSchema> = { done: [...tickers], bytes: this.#bytes, rows: this.#rows };
    await appendFile(`${this.#path}.part.log`, `${JSON.stringify(step)}\n`);
    for (const ticker of tickers) this.done.add(ticker);
  }

  /** Puts the panel in its place, gzipped when its name says so, with a note beside it that says what it is. */
  async finish(note: object): Promise<{ readonly rows: number }> {
    const part = `${this.#path}.part`;
    if (this.#path.endsWith('.gz')) {
      await pipeline(createReadStream(part), createGzip(), createWriteStream(`${part}.gz`));
      await rename(`${part}.gz`, this.#path);
      await rm(part);
    } else await rename(part, this.#path);
    await writeFile(
      `${this.#path}.json`,
      `${JSON.stringify({ ...note, ...this.asked, markets: this.done.size, rows: this.#rows }, null, 2)}\n`,
    );
    await rm(`${part}.log`);
    return { rows: this.#rows };
  }
}

async function readLog(path: string): Promise<{ readonly asked: Asked; readonly last: z.output<typeof stepSchema> } | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  // The last line is whole only when a newline follows it.
  const [first = '', ...lines] = text.slice(0, text.lastIndexOf('\n')).split('\n');
  const steps = lines.map((line) => stepSchema.parse(JSON.parse(line)));
  const last = steps.at(-1);
  if (!last) return undefined;
  return { asked: askedSchema.parse(JSON.parse(first)), last: { ...last, done: steps.flatMap(({ done }) => done) } };
}
