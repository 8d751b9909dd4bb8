/** Bytes written one piece after another into one store that grows. Numbers are little-endian, as the machines this runs on are. */
export class ByteWriter {
  #store = new Uint8Array(65_536);
  #view = new DataView(this.#store.buffer);
  #length = 0;

  u32(value: number): void {
    const at = this.#take(4);
    this.#view.setUint32(at, value, true);
  }

  f64(value: number): void {
    const at = this.#take(8);
    this.#view.setFloat64(at, value, true);
  }

  raw(values: ArrayBufferView<ArrayBuffer>): void {
    const at = this.#take(values.byteLength);
    this.#store.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
  }

  /** Room for `length` more bytes, for the caller to fill before anything else is written. */
  room(length: number): DataView<ArrayBuffer> {
    const at = this.#take(length);
    return new DataView(this.#store.buffer, at, length);
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#store.subarray(0, this.#length);
  }

  /** Where the next `length` bytes go. */
  #take(length: number): number {
    const at = this.#length;
    this.#length += length;
    if (this.#length > this.#store.length) this.#grow();
    return at;
  }

  #grow(): void {
    const store = new Uint8Array(Math.max(this.#length, 2 * this.#store.length));
    store.set(this.#store);
    this.#store = store;
    this.#view = new DataView(store.buffer);
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
    const piece = new Uint8Array(this.#bytes.subarray(this.#offset, end));
    this.#offset = end;
    return piece;
  }

  #view(length: number): DataView {
    return new DataView(this.raw(length).buffer);
  }
}
