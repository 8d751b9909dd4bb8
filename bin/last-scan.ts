import { localNames } from '../local/runner/local-names.ts';
import { keysBefore, recordedAt } from '../shared/adapters/recordings/recording-keys.ts';
import { readScan } from '../shared/adapters/recordings/scan-recording.ts';
import { s3Blobs } from '../shared/adapters/s3/s3-blobs.ts';
import type { Board } from '../shared/domain/board.ts';
import type { Blobs } from '../shared/ports/blobs.ts';
import { commandEnvironment } from './connect.ts';
import { Exit } from './exit.ts';
import type { OpenedStore } from './open-store.ts';

const DAY = 86_400_000;

/** The newest recorded scan of the last day. Throws Exit when there is none or it cannot be reached. */
export async function lastScan(opened: OpenedStore): Promise<{ readonly at: number; readonly pages: readonly Board[] }> {
  const blobs = recordingsOf(opened);
  const now = opened.clock.now();
  const key = (await newest(blobs, now)) ?? (await newest(blobs, now - DAY));
  const bytes = key === undefined ? undefined : await blobs.get(key);
  if (key === undefined || bytes === undefined) throw new Exit(1, 'scan: none was recorded in the last day. Fix: pilot run scan');
  return { at: recordedAt(key) ?? now, pages: [...readScan(key, bytes).pages()] };
}

/** The last scan of one day in UTC; each day has its folder. */
async function newest(blobs: Blobs, at: number): Promise<string | undefined> {
  return (await blobs.list(keysBefore('scans', at).slice(0, 'scans/yyyy-mm-dd/'.length))).at(-1);
}

function recordingsOf({ running, env }: OpenedStore): Blobs {
  if (running) {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = { endpoint: running.endpoint, region: 'us-east-1', credentials, forcePathStyle: true };
    return s3Blobs({ bucket: localNames.recordings, client });
  }
  if (env === 'local') throw new Exit(3, 'scan: no system runs here, and its recordings lie with it. Fix: npm start, or --env aws');
  const bucket = commandEnvironment().PILOT_RECORDINGS_BUCKET;
  if (bucket === undefined) throw new Exit(2, 'PILOT_RECORDINGS_BUCKET: not set. Fix: set it to the bucket that the state stack printed');
  return s3Blobs({ bucket });
}
