import type { ByteReader, ByteWriter } from './bytes.ts';

/** Widths a column may have; its highest value stands for "unknown". */
const widths = [
  { bytes: 1, unknown: 0xff, of: (length: number) => new Uint8Array(length) },
  { bytes: 2, unknown: 0xffff, of: (length: number) => new Uint16Array(length) },
  { bytes: 4, unknown: 0xffff_ffff, of: (length: number) => new Uint32Array(length) },
] as const;
const DOUBLES = 8;
/** What four bytes cannot tell apart from "unknown". */
const WIDEST = 0xffff_ffff;

/**
 * A column of numbers, NaN for unknown. Whole numbers are kept as distances from the lowest in as few bytes as the widest
 * needs, what is too wide for four as thousands (times of whole seconds); anything else as doubles. Reading gives back
 * exactly what was written.
 */
export function writeNumbers(writer: ByteWriter, values: Float64Array<ArrayBuffer>): void {
  const { low, high, whole } = measure(values);
  const unit = high - low >= WIDEST && inThousands(values) ? 1000 : 1;
  const width = whole ? widths.find(({ unknown }) => (high - low) / unit < unknown) : undefined;
  writer.u32(values.length);
  writer.u32(width?.bytes ?? DOUBLES);
  if (!width) {
    writer.raw(values);
    return;
  }
  writer.f64(low);
  writer.u32(unit);
  const room = writer.room(values.length * width.bytes);
  if (width.bytes === 1) for (let row = 0; row < values.length; row++) room.setUint8(row, distance(values[row], low, unit));
  else if (width.bytes === 2) for (let row = 0; row < values.length; row++) room.setUint16(2 * row, distance(values[row], low, unit), true);
  else for (let row = 0; row < values.length; row++) room.setUint32(4 * row, distance(values[row], low, unit), true);
}

/** Units from the lowest; all ones for unknown, of which a narrow column takes the lowest. */
function distance(value: number | undefined, low: number, unit: number): number {
  return value === undefined || Number.isNaN(value) ? WIDEST : (value - low) / unit;
}

export function readNumbers(reader: ByteReader): Float64Array<ArrayBuffer> {
  const length = reader.u32();
  const bytes = reader.u32();
  if (bytes === DOUBLES) return new Float64Array(reader.raw(length * DOUBLES).buffer);
  const width = widths.find((known) => known.bytes === bytes);
  if (!width) throw new RangeError(`a column of ${bytes} bytes is not known`);
  const low = reader.f64();
  const unit = reader.u32();
  const packed = width.of(length);
  new Uint8Array(packed.buffer).set(reader.raw(length * bytes));
  const values = new Float64Array(packed);
  for (let index = 0; index < length; index++) {
    const value = values[index] as number;
    values[index] = value === width.unknown ? Number.NaN : low + value * unit;
  }
  return values;
}

function measure(values: Float64Array) {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let whole = true;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (Number.isNaN(value)) continue;
    // −0 is no whole number here: it would come back as 0.
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) whole = false;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low > high ? { low: 0, high: 0, whole } : { low, high, whole };
}

function inThousands(values: Float64Array): boolean {
  return values.every((value) => Number.isNaN(value) || value % 1000 === 0);
}

/** Texts, each with its length in UTF-16 units. */
export function writeTexts(writer: ByteWriter, texts: readonly string[]): void {
  const lengths = new Float64Array(texts.length);
  for (let row = 0; row < texts.length; row++) lengths[row] = (texts[row] as string).length;
  writeNumbers(writer, lengths);
  const bytes = new TextEncoder().encode(texts.join(''));
  writer.u32(bytes.length);
  writer.raw(bytes);
}

export function readTexts(reader: ByteReader): string[] {
  const lengths = readNumbers(reader);
  const whole = new TextDecoder('utf-8', { ignoreBOM: true }).decode(reader.raw(reader.u32()));
  const texts = new Array<string>(lengths.length);
  for (let row = 0, start = 0; row < lengths.length; row++) {
    const length = lengths[row] as number;
    texts[row] = whole.slice(start, start + length);
    start += length;
  }
  return texts;
}

/** Texts that repeat: each once, and which of them stands where. */
export function writeDictionary(writer: ByteWriter, texts: readonly string[]): void {
  const places = new Map<string, number>();
  const index = new Float64Array(texts.length);
  for (let row = 0; row < texts.length; row++) {
    const text = texts[row] as string;
    // Markets of one event mostly stand together.
    index[row] = row > 0 && text === texts[row - 1] ? (index[row - 1] as number) : placeOf(places, text);
  }
  writeTexts(writer, [...places.keys()]);
  writeNumbers(writer, index);
}

function placeOf(places: Map<string, number>, text: string): number {
  const known = places.get(text);
  if (known !== undefined) return known;
  places.set(text, places.size);
  return places.size - 1;
}

export function readDictionary(reader: ByteReader): string[] {
  const texts = readTexts(reader);
  const index = readNumbers(reader);
  const rows = new Array<string>(index.length);
  for (let row = 0; row < index.length; row++) rows[row] = texts[index[row] as number] ?? '';
  return rows;
}
