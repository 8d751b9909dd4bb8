import * as z from 'zod/mini';
import type { CalibrationSample } from '../../domain/calibration/platt.ts';
import { horizons } from '../../domain/calibration/platt.ts';
import { SampleMemory, type SampleState } from '../../domain/calibration/sample-memory.ts';
import type { Millis } from '../../domain/money.ts';
import type { Blobs } from '../../ports/blobs.ts';
import type { MarketData } from '../../ports/exchange.ts';
import { compress, guarded, pack, unpack } from './container.ts';
import { recordOutcomes } from './outcome-recording.ts';
import { recordingKey } from './recording-keys.ts';
import { readScan } from './scan-recording.ts';

const pending = z.object({ event: z.string(), category: z.string(), horizon: z.enum(horizons), mid: z.number() });
const stateSchema = z.strictObject({
  pending: z.array(z.strictObject({ ticker: z.string(), closeTime: z.number(), seen: z.array(pending) })),
  samples: z.array(z.extend(pending, { yes: z.boolean() })),
});
const manifestSchema = z.strictObject({ kind: z.literal('samples'), through: z.string() });

/** Scans read in one night; a longer backlog is caught up with over the next. */
const MAX_SCANS = 200;
/** Samples that are kept; older ones are forgotten first. */
const MAX_SAMPLES = 200_000;
/** A market whose result is unknown for so long after its close is given up. */
const PATIENCE: Millis = 30 * 86_400_000;

export interface SamplesIo {
  readonly blobs: Blobs;
  readonly market: Pick<MarketData, 'outcomes'>;
  readonly now: Millis;
  /** Categories by series: a scan's pages do not know them. */
  categories(): Promise<ReadonlyMap<string, string>>;
}

/**
 * What prices said of markets that have ended by now. Reads the scans recorded since the last time and how the markets that
 * were due ended, and keeps both: the sum for the next night, the outcomes for replays. Throws BlobFailure and ExchangeError.
 */
export async function calibrationSamples({ blobs, market, now, categories }: SamplesIo): Promise<readonly CalibrationSample[]> {
  const { memory, through } = await lastMemory(blobs);
  const keys = (await blobs.list('scans/', through)).slice(0, MAX_SCANS);
  for (const key of keys) {
    const bytes = await blobs.get(key);
    if (bytes) for (const page of readScan(key, bytes).pages()) memory.observe(page);
  }
  const due = memory.state().pending.filter(({ closeTime }) => closeTime <= now);
  const ended = (await market.outcomes(due.map(({ ticker }) => ticker))).filter(({ settledAt }) => settledAt <= now);
  const known = ended.length === 0 ? new Map<string, string>() : await categories();
  for (const outcome of ended) memory.settle(outcome, (series) => known.get(series));
  if (ended.length > 0) await recordOutcomes(blobs, now, ended);
  const state = bounded(memory.state(), now);
  const manifest = { kind: 'samples', through: keys.at(-1) ?? through } satisfies z.input<typeof manifestSchema>;
  await blobs.put(recordingKey('samples', now), pack(manifest, [compress(new TextEncoder().encode(JSON.stringify(state)))]));
  return state.samples;
}

async function lastMemory(blobs: Blobs): Promise<{ readonly memory: SampleMemory; readonly through: string }> {
  const key = (await blobs.list('samples/')).at(-1);
  const bytes = key === undefined ? undefined : await blobs.get(key);
  if (key === undefined || !bytes) return { memory: new SampleMemory(), through: '' };
  const { manifest, pieces } = unpack(key, bytes);
  const [piece] = [...pieces()];
  return guarded(key, () => ({
    memory: new SampleMemory(stateSchema.parse(JSON.parse(new TextDecoder().decode(piece)))),
    through: manifestSchema.parse(manifest).through,
  }));
}

function bounded({ pending, samples }: SampleState, now: Millis): SampleState {
  return { pending: pending.filter(({ closeTime }) => closeTime > now - PATIENCE), samples: samples.slice(-MAX_SAMPLES) };
}
