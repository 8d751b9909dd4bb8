import { localNames } from '../local/runner/local-names.ts';
import { keysBefore, recordedAt } from '../shared/adapters/recordings/recording-keys.ts';
import { readScan } from '../shared/adapters/recordings/scan-recording.ts';
import { s3Blobs } from '../shared/adapters/s3/s3-blobs.ts';
import type { Board } from '../shared/domain/board.ts';
import type { Blobs } from '../shared/ports/blobs.ts';
import { deployedEnvironment } from './aws/deployed.ts';
import { Exit } from './exit.ts';
import type { OpenedStore } from './open-store.ts';

const DAY = 86_400_000;

/** The newest recorded scan of the last day. Throws Exit when there is none or it cannot be reached. */
export async function lastScan(opened: OpenedStore): Promise<{ readonly at: number; readonly pages: readonly Board[] }> {
  const blobs = await recordingsOf(opened);
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

async function recordingsOf({ running, env }: OpenedStore): Promise<Blobs> {
  if (running) {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = { endpoint: running.endpoint, region: 'us-east-1', credentials, forcePathStyle: true };
    return s3Blobs({ bucket: localNames.recordings, client });
  }
  if (env === 'local') throw new Exit(3, 'scan: no system runs here, and its recordings lie with it. Fix: npm start, or --env aws');
  const { PILOT_RECORDINGS_BUCKET: bucket } = await deployedEnvironment();
  if (bucket === undefined) throw new Exit(1, 'scan: what is deployed keeps no recordings. Fix: pilot aws up');
  return s3Blobs({ bucket });
}
