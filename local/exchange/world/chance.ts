import { normalQuantile } from './gaussian.ts';

/**
 * Chance without a sequence: a word (32 bits) is a function of a seed and a key, so a world can be asked about any market at
 * any time, in any order, and always says the same.
 */
export function mix(seed: number, key: number): number {
  let word = (seed ^ Math.imul(key + 0x7f4a7c15, 0x9e3779b1)) | 0;
  word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
  return (word ^ (word >>> 15)) >>> 0;
}

/** A word from text. */
export function textWord(seed: number, text: string): number {
  let word = seed;
  for (let index = 0; index < text.length; index++) word = Math.imul(word ^ text.charCodeAt(index), 0x01000193);
  return mix(word, text.length);
}

/** A word as a number strictly between 0 and 1. */
export function share(word: number): number {
  return (word + 0.5) / 4_294_967_296;
}

/** A word as a number between `low` and `high`. */
export function between(word: number, low: number, high: number): number {
  return low + (high - low) * share(word);
}

/** A word as an integer from `low` to `high`, both possible. */
export function whole(word: number, low: number, high: number): number {
  return low + Math.floor(share(word) * (high - low + 1));
}

/** A word as a standard normal draw. */
export function normal(word: number): number {
  return normalQuantile(share(word));
}

/** A word as a log-normal draw with this median; `sigma` is the standard deviation of the logarithm. */
export function lognormal(word: number, median: number, sigma: number): number {
  return median * Math.exp(sigma * normal(word));
}

/** One of the choices, each as often as its weight says. */
export function pick<T>(word: number, choices: readonly (readonly [T, number])[]): T {
  const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
  let left = share(word) * total;
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  throw new Error('pick: no choices with a weight. Fix: give at least one choice with a weight above 0');
}

/** An identifier in the form of a UUID. */
export function uuid(word: number, key: number): string {
  const parts = [0, 1, 2, 3].map((part) => mix(mix(word, key), part).toString(16).padStart(8, '0')).join('');
  return `${parts.slice(0, 8)}-${parts.slice(8, 12)}-4${parts.slice(13, 16)}-a${parts.slice(17, 20)}-${parts.slice(20, 32)}`;
}
