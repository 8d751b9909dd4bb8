import type { ByteReader, ByteWriter } from './bytes.ts';
import { readTexts, writeNumbers, writeTexts } from './columns.ts';

/** The first character says whether the rest follows the name beside it, or is the whole text. */
const FOLLOWS = '+';
const WHOLE = '=';
const PLUS = FOLLOWS.charCodeAt(0);
const LAST_ASCII = 0x7f;

/** Texts that mostly begin with the name beside them, as tickers do with their event's: what follows it, as `writeTexts` would. */
export function writeTails(writer: ByteWriter, texts: readonly string[], names: readonly string[]): void {
  const lengths = new Float64Array(texts.length);
  const bytes = asciiTails(texts, names, lengths);
  if (bytes) {
    writeNumbers(writer, lengths);
    writer.u32(bytes.length);
    writer.raw(bytes);
  } else
    writeTexts(
      writer,
      texts.map((text, row) => tail(text, names[row] ?? '')),
    );
}

/** Without a text in between: a scan does this for every market. Undefined where a text is not ASCII or not its name's. */
function asciiTails(texts: readonly string[], names: readonly string[], lengths: Float64Array): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(longest(texts));
  let at = 0;
  for (let row = 0; row < texts.length; row++) {
    const text = texts[row] as string;
    const name = names[row] ?? '';
    if (!text.startsWith(name)) return undefined;
    const start = at;
    bytes[at++] = PLUS;
    for (let index = name.length; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit > LAST_ASCII) return undefined;
      bytes[at++] = unit;
    }
    lengths[row] = at - start;
  }
  return bytes.subarray(0, at);
}

function longest(texts: readonly string[]): number {
  let length = texts.length;
  for (let row = 0; row < texts.length; row++) length += (texts[row] as string).length;
  return length;
}

function tail(text: string, name: string): string {
  return text.startsWith(name) ? FOLLOWS + text.slice(name.length) : WHOLE + text;
}

export function readTails(reader: ByteReader, names: readonly string[]): string[] {
  return readTexts(reader).map((text, row) => (text.startsWith(FOLLOWS) ? (names[row] ?? '') + text.slice(1) : text.slice(1)));
}
