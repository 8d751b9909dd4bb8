import type { DrilledFunction } from './functions.ts';

/** Where a run is to die: at its call of this number, or at its call of this name for the so-manieth time; from 1. */
export type Doom = { readonly call: number } | { readonly where: string; readonly time: number };

/** What is known of a call: how often runs have died at it, and how often one made it at most. */
interface Known {
  deaths: number;
  most: number;
}

/** How many runs die. Few are started by hand or tell alerts, so more of them do. */
const CRASHES: Readonly<Record<DrilledFunction, number>> = {
  ...{ scan: 0.3, forecast: 0.15, trade: 0.32, sync: 0.32 },
  ...{ 'alert-check': 0.5, control: 0.7 },
};
/** Of the runs that die, those that die at a call where few have died before. */
const RARE = 0.5;
/** Calls within which a run dies whose function has not been seen to its end yet. */
const REACH = 60;

/** Decides which runs die, and where: each call of each function should see a death some day. */
export class Fates {
  readonly #chance: () => number;
  /** By work and call. */
  readonly #known = new Map<string, Map<string, Known>>();
  /** Calls of the last whole run. */
  readonly #lengths = new Map<string, number>();

  constructor(chance: () => number) {
    this.#chance = chance;
  }

  /** `work` is what of a function's is done: one of control's actions is not another. */
  doomOf(name: DrilledFunction, work: string): Doom | undefined {
    if (this.#chance() >= CRASHES[name]) return undefined;
    const known = [...(this.#known.get(work) ?? [])];
    if (this.#chance() >= RARE || known.length === 0) return { call: 1 + this.#below(this.#lengths.get(work) ?? REACH) };
    const least = Math.min(...known.map(([, { deaths }]) => deaths));
    const rare = known.filter(([, { deaths }]) => deaths === least);
    const [where, { most }] = rare[this.#below(rare.length)] ?? ['', { most: 1 }];
    return { where, time: 1 + this.#below(most) };
  }

  /** A run has made a call, for the so-manieth time. */
  called(work: string, where: string, time: number): void {
    const known = this.#of(work, where);
    known.most = Math.max(known.most, time);
  }

  died(work: string, where: string): void {
    this.#of(work, where).deaths += 1;
  }

  ended(work: string, calls: number): void {
    this.#lengths.set(work, Math.max(1, calls));
  }

  #below(count: number): number {
    return Math.floor(this.#chance() * count);
  }

  #of(work: string, where: string): Known {
    const calls = this.#known.get(work) ?? new Map<string, Known>();
    this.#known.set(work, calls);
    const known = calls.get(where) ?? { deaths: 0, most: 0 };
    calls.set(where, known);
    return known;
  }
}
