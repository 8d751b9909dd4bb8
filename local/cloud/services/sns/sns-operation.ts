import type { QueryForm } from '../query-protocol.ts';
import type { KeptState } from '../state-file.ts';
import type { XmlValue } from '../xml.ts';
import type { SnsOutbox } from './sns-outbox.ts';
import type { SnsState } from './sns-state.ts';

/** What the operations work on. */
export interface SnsDesk {
  readonly state: KeptState<SnsState>;
  readonly outbox: SnsOutbox;
}

export interface SnsOperation {
  /** ARN that the caller must be allowed to touch; `*` where there is none. */
  resource(form: QueryForm): string;
  run(form: QueryForm, desk: SnsDesk): Promise<XmlValue>;
}
