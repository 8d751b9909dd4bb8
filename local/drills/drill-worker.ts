import { parentPort } from 'node:worker_threads';
import { generateKey } from '../exchange/generate-key.ts';
import { play } from './play.ts';

/** What a worker is asked to play; answered with what it came to. */
export interface Seeds {
  readonly seed: number;
  readonly ticks: number;
  readonly markets: number;
}

const ed25519 = generateKey('ed25519');

parentPort?.on('message', ({ seed, ticks, markets }: Seeds) => {
  // The first seed of all is played with the older kind of key.
  const key = seed === 1 ? generateKey('rsa') : ed25519;
  play({ seed, key, ticks, markets }).then(
    (played) => parentPort?.postMessage(played),
    (error: unknown) => {
      throw error;
    },
  );
});
