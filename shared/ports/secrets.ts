/** The key orders are signed with. */
export interface KalshiKey {
  readonly keyId: string;
  /** PEM text. */
  readonly privateKey: string;
}

export interface XaiKey {
  readonly apiKey: string;
  /** Key of the other compatible provider, where one is configured. */
  readonly fallbackApiKey?: string | undefined;
}

/** A secret as it is now. Not set up is an answer, not an error: the system runs without it and says so. */
export type Secret<T> = { readonly ready: true; readonly value: T } | { readonly ready: false; readonly why: string };

export interface SecretReader<T> {
  /** Throws `SecretFailure` when it cannot be told, or is not what it should be. */
  read(): Promise<Secret<T>>;
}

/** A secret that cannot be read or used. `unknown`: no answer; `refused`: the answer was no, or is no key. */
export class SecretFailure extends Error {
  readonly outcome: 'unknown' | 'refused';
  constructor(message: string, outcome: 'unknown' | 'refused', options?: ErrorOptions) {
    super(message, options);
    this.name = 'SecretFailure';
    this.outcome = outcome;
  }
}
