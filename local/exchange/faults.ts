import type { Millis } from '../../shared/domain/money.ts';
import { mix, share, textWord } from './world/chance.ts';

/** What can go wrong, and with how much of the traffic, or of the time, unless a rate is given. */
const usualRates = {
  /** The request is not taken and never answered. */
  'timeout-before': 0.2,
  /** The request is carried out and never answered. */
  'timeout-after': 0.2,
  /** The request is carried out and answered with 500, 502, 503 or 504. */
  'error-after': 0.2,
  /** The connection breaks, before or after the request is carried out. */
  dropped: 0.1,
  /** The answer trickles. */
  'slow-body': 0.2,
  /** The answer breaks off in the middle. */
  'half-body': 0.2,
  /** 429 for everybody, for a while. */
  'storm-429': 0.3,
  /** Reads of user data fall far behind, for a while. */
  'late-reads': 0.5,
  /** One shard takes nothing, for a while. */
  'shard-down': 0.3,
  /** The exchange's clock is half a minute ahead, for a while. */
  'clock-skew': 0.3,
  /** A market's prices get coarser while an order is on its way. */
  'tick-change': 0.2,
  /** Nothing works, for a while. */
  outage: 0.1,
} as const;

export type FaultName = keyof typeof usualRates;
export const faultNames = Object.keys(usualRates) as readonly FaultName[];

/** Named mixtures. */
const mixtures: Readonly<Record<string, string>> = {
  lossy: 'timeout-before:0.05+timeout-after:0.05+error-after:0.05+dropped:0.05+half-body:0.02',
  storm: 'storm-429:0.3+late-reads:0.3+slow-body:0.1',
  chaos: faultNames.map((name) => `${name}:0.05`).join('+'),
};

const SPELL: Millis = 60_000;

/** Decides, from a seed, which request goes wrong and when a bad spell is on. The same seed and traffic have the same fate. */
export class Faults {
  readonly #seed: number;
  #rates: ReadonlyMap<FaultName, number>;
  #asked = 0;

  constructor(seed: number, spec: string) {
    this.#seed = seed;
    this.#rates = parseFaults(spec);
  }

  /** Replaces what goes wrong. Throws for a name that is none. */
  set(spec: string): void {
    this.#rates = parseFaults(spec);
  }

  /** Whether this request is hit. */
  hits(name: FaultName): boolean {
    const rate = this.#rates.get(name);
    if (rate === undefined) return false;
    this.#asked += 1;
    return share(mix(textWord(this.#seed, name), this.#asked)) < rate;
  }

  /** Whether the minute of `at` lies in a bad spell. */
  during(name: FaultName, at: Millis): boolean {
    const rate = this.#rates.get(name);
    return rate !== undefined && share(mix(textWord(this.#seed, name), Math.floor(at / SPELL))) < rate;
  }

  /** One of the numbers 0 to `choices` - 1. */
  choose(choices: number): number {
    this.#asked += 1;
    return mix(this.#seed, this.#asked) % choices;
  }
}

/** Faults joined by +, each a name with or without a rate of 0 to 1, or a mixture: `timeout-after:0.5+dropped`, `chaos`. */
export function parseFaults(spec: string): ReadonlyMap<FaultName, number> {
  const parts = spec.split('+').filter((part) => part !== '' && part !== 'none');
  return new Map(
    parts.flatMap((part) => {
      const mixture = mixtures[part];
      return mixture === undefined ? [parsePart(part)] : [...parseFaults(mixture)];
    }),
  );
}

function parsePart(part: string): readonly [FaultName, number] {
  const [text, rateText] = part.split(':');
  const name = faultNames.find((candidate) => candidate === text);
  const rate = rateText === undefined || rateText === '' ? undefined : Number(rateText);
  if (!name || (rate !== undefined && !(rate >= 0 && rate <= 1))) {
    throw new Error(
      `faults: ${part} is not a fault. Fix: use ${[...faultNames, ...Object.keys(mixtures)].join(', ')}, each with or without a rate like :0.5`,
    );
  }
  return [name, rate ?? usualRates[name]];
}
