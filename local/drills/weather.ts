/** What a quarter of an hour is like. */
export interface Weather {
  /** What is wrong with the wire and the exchange; see parseFaults. */
  readonly faults: string;
  /** Nothing fails and nobody dies. */
  readonly calm: boolean;
  /** An outage has been over for two ticks: by its end everything must be right again. */
  readonly cleared: boolean;
}

/** What can go wrong on the wire, one mixture a seed. */
const mixtures = [
  'lossy',
  'timeout-after:0.1+error-after:0.1',
  'dropped:0.1+late-reads:0.2',
  'lossy+late-reads:0.15+storm-429:0.05',
  'lossy+outage:0.1+shard-down:0.1',
  'tick-change:0.2+half-body:0.02+clock-skew:0.1',
  'chaos',
] as const;

const outages = ['outage:1', 'storm-429:1', 'shard-down:1', 'late-reads:1', 'clock-skew:1', 'dropped:1'] as const;
const CALM_TICKS = 4;
const RECOVERY_TICKS = 2;
/** Ticks that an outage and what comes after it take at most. */
const ROOM = 2 + RECOVERY_TICKS;

/** A day's weather: rough, with an outage in each half where there is room for one, and calm in the end. */
export function weatherOf(seed: number, ticks: number, chance: () => number): readonly Weather[] {
  const rough: Weather = { faults: mixtures[seed % mixtures.length] ?? 'none', calm: false, cleared: false };
  const calm: Weather = { faults: 'none', calm: true, cleared: false };
  const day = Array.from({ length: ticks }, (_, tick) => (tick < ticks - CALM_TICKS ? rough : calm));
  const half = Math.floor((ticks - CALM_TICKS) / 2);
  for (const from of half >= 2 * ROOM ? [0, half] : []) {
    const begins = from + 1 + Math.floor(chance() * (half - ROOM - 1));
    const lasts = 1 + Math.floor(chance() * 2);
    const faults = outages[Math.floor(chance() * outages.length)] ?? 'outage:1';
    day.fill({ ...rough, faults }, begins, begins + lasts);
    day.fill(calm, begins + lasts, begins + lasts + RECOVERY_TICKS);
    day[begins + lasts + RECOVERY_TICKS - 1] = { ...calm, cleared: true };
  }
  return day;
}
