import * as z from 'zod/mini';
import type { MarketOutcome } from '../../domain/market.ts';
import type { Millis, Usd } from '../../domain/money.ts';
import type { Blobs } from '../../ports/blobs.ts';
import { compress, guarded, pack, unpack } from './container.ts';
import { recordingKey } from './recording-keys.ts';

const manifestSchema = z.strictObject({ kind: z.literal('outcomes'), markets: z.int().check(z.gte(0)) });
const outcomes = z.array(
  z.strictObject({
    ticker: z.string(),
    result: z.enum(['yes', 'no', 'scalar']),
    yesValue: z.pipe(
      z.int(),
      z.transform((value) => value as Usd),
    ),
    settledAt: z.int(),
  }),
);

/** Keeps how markets ended, as it was learned at a moment. Throws BlobFailure. */
export async function recordOutcomes(blobs: Pick<Blobs, 'put'>, at: Millis, ended: readonly MarketOutcome[]): Promise<void> {
  const manifest = { kind: 'outcomes', markets: ended.length } satisfies z.input<typeof manifestSchema>;
  const text = JSON.stringify(ended.map(({ ticker, result, yesValue, settledAt }) => ({ ticker, result, yesValue, settledAt })));
  await blobs.put(recordingKey('outcomes', at), pack(manifest, [compress(new TextEncoder().encode(text))]));
}

/** What recordOutcomes kept. Throws BlobFailure. */
export function readOutcomes(key: string, bytes: Uint8Array): readonly MarketOutcome[] {
  const { manifest, pieces } = unpack(key, bytes);
  const [piece] = [...pieces()];
  return guarded(key, () => {
    const { markets } = manifestSchema.parse(manifest);
    const found = outcomes.parse(JSON.parse(new TextDecoder().decode(piece)));
    if (found.length !== markets) throw new RangeError(`it has ${found.length} of ${markets} markets`);
    return found;
  });
}
