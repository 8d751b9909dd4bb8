import { parentPort, workerData } from 'node:worker_threads';
import type { GeneratedKey } from '../exchange/generate-key.ts';
import { play } from './play.ts';

/** What every seed of a worker is played with. */
export interface WorkerData {
  readonly ticks: number;
  readonly markets: number;
  readonly ed25519: GeneratedKey;
  readonly rsa: GeneratedKey;
}

const { ticks, markets, ed25519, rsa } = workerData as WorkerData;

parentPort?.on('message', (seed: number) => {
  // The first seed of all is played with the older kind of key.
  play({ seed, key: seed === 1 ? rsa : ed25519, ticks, markets }).then(
    (played) => parentPort?.postMessage(played),
    (cause: unknown) => {
      throw new Error(`seed ${seed} broke off. Replay: npm run drills -- --seed ${seed} --trace`, { cause });
    },
  );
});
