import type { Millis } from '../../domain/money.ts';

/** What is recorded, by the folder it lies in. */
export type RecordingKind = 'scans' | 'candidates' | 'stream' | 'outcomes' | 'samples';

/** Where a recording of a moment lies, like scans/2026-11-21/T011500.bin: keys sort by time. */
export function recordingKey(kind: RecordingKind, at: Millis, suffix = ''): string {
  const text = new Date(at).toISOString();
  return `${kind}/${text.slice(0, 10)}/T${text.slice(11, 19).replaceAll(':', '')}${suffix}.bin`;
}

/** The moment a key names, in ms; undefined when it names none. */
export function recordedAt(key: string): Millis | undefined {
  const match = /(\d{4}-\d\d-\d\d)\/T(\d\d)(\d\d)(\d\d)[^/]*\.bin$/.exec(key);
  const at = match ? Date.parse(`${match[1]}T${match[2]}:${match[3]}:${match[4]}Z`) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** The smallest key of a kind that a recording from `at` on can have, to list what comes after it. */
export function keysBefore(kind: RecordingKind, at: Millis): string {
  return recordingKey(kind, at).replace(/\.bin$/, '');
}
