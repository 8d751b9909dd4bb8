import { createSigner, type Signer } from '../../shared/adapters/kalshi/signer.ts';
import type { Millis } from '../../shared/domain/money.ts';
import type { Alert } from '../../shared/domain/words/alert.ts';
import type { Blobs } from '../../shared/ports/blobs.ts';
import { BlobFailure } from '../../shared/ports/blobs.ts';
import type { Config } from '../../shared/system/config/schema.ts';
import type { Parts, StandIns } from '../../shared/system/parts.ts';
import { roughStore, type StoreListener } from './rough-store.ts';
import { digest, type Stage } from './stage.ts';
import { newProcess, type Process, type Turns } from './turns.ts';

/** What can go wrong around a process, from the seed. */
export interface Roughness {
  /** Whether this call fails, and how: before anything happened, or after. */
  fails(what: 'store' | 'blobs' | 'topic'): 'before' | 'after' | undefined;
  unguarded(): boolean;
}

export interface HostOptions {
  readonly stage: Stage;
  readonly turns: Turns;
  readonly config: Config;
  readonly roughness: Roughness;
  readonly listener: StoreListener;
  readonly signer: Signer;
  readonly address: string;
}

/** A machine that functions run on, one after another, warm until one of them dies. */
export class Host {
  readonly address: string;
  running: Process = newProcess({ name: 'nothing', host: 0, doom: undefined, until: 0 });
  readonly #options: HostOptions;
  #parts: Parts | undefined;

  constructor(options: HostOptions) {
    this.#options = options;
    this.address = options.address;
  }

  /** What a function is put together from here; everything in it is this process's own and reaches outside in turns. */
  warm(): Parts {
    this.#parts ??= this.#begin();
    return this.#parts;
  }

  /** What the process had in memory dies with it. */
  cold(): void {
    this.#parts = undefined;
  }

  turn<T>(where: string, act: () => Promise<T>): Promise<T> {
    return this.#options.turns.call(this.running, where, act);
  }

  #begin(): Parts {
    const { stage, config, roughness, listener } = this.#options;
    const { time } = stage;
    return {
      environment: { KALSHI_BASE_URL: `http://${this.address}/trade-api/v2` },
      config,
      clock: { now: () => time.now(), sleep: (ms: Millis) => this.turn('sleep', () => time.sleep(ms)) },
      speed: 1,
      store: roughStore(stage.store, {
        turn: (where, act) => this.turn(where, act),
        listener,
        fault: () => roughness.fails('store'),
        unguarded: () => roughness.unguarded(),
      }),
      digest,
      writeLog: () => undefined,
      standIns: this.#standIns(),
    };
  }

  #standIns(): StandIns {
    const { stage, signer } = this.#options;
    return {
      recordings: this.#recordings(stage.recordings),
      alerts: { send: (alert) => this.turn('topic.send', () => this.#tell(alert)) },
      start: (name) => this.turn(`start ${name}`, async () => {}),
      random: () => 0.5,
      signer,
    };
  }

  async #tell(alert: Alert): Promise<{ readonly delivered: boolean; readonly detail?: string }> {
    const failing = this.#options.roughness.fails('topic');
    if (failing !== 'before') this.#options.stage.told.push(alert);
    return failing === undefined ? { delivered: true } : { delivered: false, detail: 'no answer' };
  }

  #recordings(blobs: Blobs): Blobs {
    const rough = <T>(where: string, act: () => Promise<T>) =>
      this.turn(where, async () => {
        const failing = this.#options.roughness.fails('blobs');
        const answer = failing === 'before' ? undefined : await act();
        if (failing) throw new BlobFailure(`${where}: no answer. Fix: nothing, it is a drill`, 'unknown');
        return answer as T;
      });
    return {
      put: (key, bytes) => rough('blobs.put', () => blobs.put(key, bytes)),
      get: (key) => rough('blobs.get', () => blobs.get(key)),
      list: (prefix, after) => rough('blobs.list', () => blobs.list(prefix, after)),
    };
  }
}

/** Signs with the account's key; an exchange that looks at no signature is only told who asks and when. */
export function signerOf({ key: { key, privateKey }, exchange }: Stage): Signer {
  const { id: keyId } = key;
  if (exchange.venue.settings.checksSignatures) return createSigner({ keyId, privateKey });
  return {
    keyId,
    headers: (_method, _path, at) => ({
      'KALSHI-ACCESS-KEY': keyId,
      'KALSHI-ACCESS-TIMESTAMP': String(at),
      'KALSHI-ACCESS-SIGNATURE': 'unsigned',
    }),
  };
}
