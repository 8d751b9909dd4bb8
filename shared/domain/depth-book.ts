import type { Contracts, Millis, Price, Side } from './money.ts';

/** Why a change was refused: it would take more than there is, or the two sides would cross. */
export type BookFault = 'negative' | 'crossed';

/** Price and count of one level, in pairs: [price, count, price, count, …]. */
export type FlatLevels = readonly number[] | Float64Array;

/**
 * One market's resting bids, kept up to date change by change. Both sides are bids in their own price; an ask for YES is a
 * bid for NO. A change that cannot be true is refused and counted, and the book is stale until the next snapshot.
 */
export class DepthBook {
  readonly ticker: string;
  /** Of the last snapshot or change. */
  at: Millis = 0;
  /** True until the first snapshot, and from a fault or gap to the next one. A stale book has no prices. */
  stale = true;
  negativeLevels = 0;
  crossedBooks = 0;
  readonly #yes = new Levels();
  readonly #no = new Levels();

  constructor(ticker: string) {
    this.ticker = ticker;
  }

  /** Replaces the book. */
  replace(yes: FlatLevels, no: FlatLevels, at: Millis): BookFault | undefined {
    this.at = at;
    this.stale = false;
    if (!this.#yes.replace(yes) || !this.#no.replace(no)) return this.#refuse('negative');
    return this.#crossed() ? this.#refuse('crossed') : undefined;
  }

  /** Adds `delta` contracts (negative: takes away) at a price of `side`. On a stale book nothing happens. */
  change(side: Side, price: number, delta: number, at: Millis): BookFault | undefined {
    if (this.stale) return undefined;
    this.at = at;
    if (!(side === 'yes' ? this.#yes : this.#no).change(price, delta)) return this.#refuse('negative');
    return delta > 0 && this.#crossed() ? this.#refuse('crossed') : undefined;
  }

  /** Highest YES bid, ten-thousandths; NaN without one. */
  get bid(): number {
    return this.stale ? Number.NaN : this.#yes.best;
  }

  /** Lowest YES ask; NaN without one. */
  get ask(): number {
    return this.stale ? Number.NaN : 10_000 - this.#no.best;
  }

  get bidSize(): number {
    return this.stale ? Number.NaN : this.#yes.bestCount;
  }

  get askSize(): number {
    return this.stale ? Number.NaN : this.#no.bestCount;
  }

  /** Contracts resting at a price of `side`; 0 where there are none, NaN while stale. */
  countAt(side: Side, price: number): number {
    return this.stale ? Number.NaN : (side === 'yes' ? this.#yes : this.#no).countAt(price);
  }

  /** Best first, at most `depth`; none while stale. */
  levels(side: Side, depth: number): readonly { readonly price: Price; readonly count: Contracts }[] {
    return this.stale ? [] : (side === 'yes' ? this.#yes : this.#no).top(depth);
  }

  #crossed(): boolean {
    return this.#yes.best + this.#no.best >= 10_000;
  }

  #refuse(fault: BookFault): BookFault {
    this.stale = true;
    if (fault === 'negative') this.negativeLevels++;
    else this.crossedBooks++;
    return fault;
  }
}

/** One side's levels, ascending by price, in arrays that grow. */
class Levels {
  #prices = new Int32Array(64);
  #counts = new Float64Array(64);
  #size = 0;

  get best(): number {
    return this.#size === 0 ? Number.NaN : (this.#prices[this.#size - 1] as number);
  }

  get bestCount(): number {
    return this.#size === 0 ? Number.NaN : (this.#counts[this.#size - 1] as number);
  }

  /** False when a level is not positive or a price comes twice. */
  replace(levels: FlatLevels): boolean {
    this.#size = 0;
    for (let index = 0; index + 1 < levels.length; index += 2) {
      const price = levels[index] as number;
      const count = levels[index + 1] as number;
      const place = this.#place(price);
      if (!(count > 0 && price >= 0 && price <= 10_000) || this.#prices[place - 1] === price) return false;
      this.#insert(place, price, count);
    }
    return true;
  }

  /** False when it would leave less than nothing, or is no number. */
  change(price: number, delta: number): boolean {
    const place = this.#place(price);
    if (place === 0 || this.#prices[place - 1] !== price) {
      if (!(delta > 0 && price >= 0 && price <= 10_000)) return delta === 0;
      this.#insert(place, price, delta);
      return true;
    }
    const left = (this.#counts[place - 1] as number) + delta;
    if (!(left >= 0)) return false;
    if (left === 0) this.#remove(place - 1);
    else this.#counts[place - 1] = left;
    return true;
  }

  countAt(price: number): number {
    const place = this.#place(price);
    return place > 0 && this.#prices[place - 1] === price ? (this.#counts[place - 1] as number) : 0;
  }

  top(depth: number): readonly { readonly price: Price; readonly count: Contracts }[] {
    return Array.from({ length: Math.min(depth, this.#size) }, (_, index) => {
      const place = this.#size - 1 - index;
      return { price: this.#prices[place] as Price, count: this.#counts[place] as Contracts };
    });
  }

  /** How many levels have a price at or below. Searched from the best: most changes are near it. */
  #place(price: number): number {
    let place = this.#size;
    while (place > 0 && (this.#prices[place - 1] as number) > price) place--;
    return place;
  }

  #insert(place: number, price: number, count: number): void {
    if (this.#size === this.#prices.length) this.#grow();
    // By hand: a change is mostly a step or two from the best, where a library call costs more than it moves.
    for (let index = this.#size; index > place; index--) {
      this.#prices[index] = this.#prices[index - 1] as number;
      this.#counts[index] = this.#counts[index - 1] as number;
    }
    this.#prices[place] = price;
    this.#counts[place] = count;
    this.#size++;
  }

  #remove(place: number): void {
    this.#size--;
    for (let index = place; index < this.#size; index++) {
      this.#prices[index] = this.#prices[index + 1] as number;
      this.#counts[index] = this.#counts[index + 1] as number;
    }
  }

  #grow(): void {
    const prices = new Int32Array(this.#size * 2);
    const counts = new Float64Array(this.#size * 2);
    prices.set(this.#prices);
    counts.set(this.#counts);
    this.#prices = prices;
    this.#counts = counts;
  }
}
