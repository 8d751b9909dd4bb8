import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { unfinishedPrefix } from '../../../../shared/adapters/files/write-safely.ts';
import { readState, writeState } from '../state-file.ts';
import { type Delivery, type SnsMessage, snsMessageShape } from './sns-state.ts';

/** Everything that was published, a file per message. */
export interface SnsOutbox {
  post(message: {
    readonly topic?: string;
    readonly attributes: ReadonlyMap<string, string>;
    readonly deliveries: readonly Delivery[];
  }): Promise<SnsMessage>;
  /** Oldest first. Throws CorruptState on a file that is no message. */
  read(): Promise<readonly SnsMessage[]>;
}

export function snsOutbox(folder: string, now: () => number): SnsOutbox {
  return {
    async post({ topic, attributes, deliveries }) {
      const message: SnsMessage = {
        id: randomUUID(),
        at: new Date(now()).toISOString(),
        ...(topic !== undefined && { topic }),
        attributes: Object.fromEntries(attributes),
        deliveries: [...deliveries],
      };
      await writeState(join(folder, `${message.at.replaceAll(':', '')}-${message.id}.json`), message);
      return message;
    },
    async read() {
      const names = await readdir(folder).catch(() => []);
      const finished = names.filter((name) => !name.startsWith(unfinishedPrefix)).sort();
      const messages = await Promise.all(finished.map((name) => readState(join(folder, name), snsMessageShape)));
      return messages.filter((message) => message !== undefined);
    },
  };
}
