/** Bytes written one piece after another. Numbers are little-endian, as the machines this runs on are. */
export class ByteWriter {
  readonly #pieces: Uint8Array[] = [];

  u32(value: number): void {
    this.raw(Uint32Array.of(value));
  }

  f64(value: number): void {
    this.raw(Float64Array.of(value));
  }

  raw(values: ArrayBufferView<ArrayBuffer>): void {
    this.#pieces.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return Buffer.concat(this.#pieces);
  }
}

/** Reads what ByteWriter wrote, in the same order. Throws RangeError where the bytes end early. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** How much was read. */
  get at(): number {
    return this.#offset;
  }

  u32(): number {
    return this.#view(4).getUint32(0, true);
  }

  f64(): number {
    return this.#view(8).getFloat64(0, true);
  }

  /** A copy, so that it is aligned for any kind of number. */
  raw(length: number): Uint8Array<ArrayBuffer> {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw new RangeError('the bytes end early');
    const piece = Uint8Array.from(this.#bytes.subarray(this.#offset, end));
    this.#offset = end;
    return piece;
  }

  #view(length: number): DataView {
    return new DataView(this.raw(length).buffer);
  }
}
