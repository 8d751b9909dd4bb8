import type { ByteReader, ByteWriter } from './bytes.ts';

/** Widths a column may have; its highest value stands for "unknown". */
const widths = [
  { bytes: 1, unknown: 0xff, make: (from: Uint32Array | number) => new Uint8Array(from as number) },
  { bytes: 2, unknown: 0xffff, make: (from: Uint32Array | number) => new Uint16Array(from as number) },
  { bytes: 4, unknown: 0xffff_ffff, make: (from: Uint32Array | number) => new Uint32Array(from as number) },
] as const;
const DOUBLES = 8;
const UNKNOWN = 0xffff_ffff;

/**
 * A column of numbers, NaN for unknown. Whole numbers are kept as distances from the lowest in as few bytes as the widest
 * needs, times of whole seconds as seconds; anything else as doubles. Reading gives back exactly what was written.
 */
export function writeNumbers(writer: ByteWriter, values: Float64Array<ArrayBuffer>): void {
  const { low, high, unit, whole } = measure(values);
  const width = whole ? widths.find(({ unknown }) => (high - low) / unit < unknown) : undefined;
  writer.u32(values.length);
  writer.u32(width?.bytes ?? DOUBLES);
  if (!width) {
    writer.raw(values);
    return;
  }
  writer.f64(low);
  writer.u32(unit);
  // One kind of array in the loop; narrowing it afterwards also turns "unknown" into the narrow one's highest value.
  const packed = new Uint32Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    packed[index] = Number.isNaN(value) ? UNKNOWN : (value - low) / unit;
  }
  writer.raw(width.make(packed));
}

export function readNumbers(reader: ByteReader): Float64Array<ArrayBuffer> {
  const length = reader.u32();
  const bytes = reader.u32();
  if (bytes === DOUBLES) return new Float64Array(reader.raw(length * DOUBLES).buffer);
  const width = widths.find((known) => known.bytes === bytes);
  if (!width) throw new RangeError(`a column of ${bytes} bytes is not known`);
  const low = reader.f64();
  const unit = reader.u32();
  const packed = width.make(length);
  new Uint8Array(packed.buffer).set(reader.raw(length * bytes));
  const values = new Float64Array(packed);
  for (let index = 0; index < length; index++) {
    const value = values[index] as number;
    values[index] = value === width.unknown ? Number.NaN : low + value * unit;
  }
  return values;
}

function measure(values: Float64Array) {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [whole, seconds] = [true, true];
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (Number.isNaN(value)) continue;
    // −0 is no whole number here: it would come back as 0.
    if (!Number.isSafeInteger(value) || (value === 0 && 1 / value < 0)) whole = false;
    if (seconds && value % 1000 !== 0) seconds = false;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return { low: 0, high: 0, unit: 1, whole };
  return { low, high, unit: seconds ? 1000 : 1, whole };
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
