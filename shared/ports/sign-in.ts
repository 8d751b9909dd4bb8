/** One try to sign in, remembered by the browser between leaving and coming back. */
export interface SignInTry {
  /** Comes back with the answer: who brings another was not sent by us. */
  readonly state: string;
  /** Comes back inside the token: it was made for this try. */
  readonly nonce: string;
  /** Proof key whose digest was sent ahead. Source: RFC 7636. */
  readonly verifier: string;
}

/** What a browser keeps of somebody who is signed in. */
export interface Session {
  readonly token: string;
  /** When the token ends, seconds since 1970. */
  readonly endsAt: number;
  /** Gets the next token without asking again; undefined when the old one goes on counting. */
  readonly refreshToken: string | undefined;
}

/** `gone`: asking again with the same thing will never work. */
export type SignInAnswer =
  | { readonly ok: true; readonly session: Session }
  | { readonly ok: false; readonly why: string; readonly gone: boolean };

/** Who knows the people that may see the page. Refusals and failures are values: a person has to read them. */
export interface SignInDesk {
  /** Where a browser goes to sign in. */
  signInUrl(attempt: SignInTry): string;
  /** Where a browser goes to be signed out there too. */
  readonly signOutUrl: string;
  redeem(code: string, attempt: SignInTry): Promise<SignInAnswer>;
  renew(refreshToken: string): Promise<SignInAnswer>;
  /** Ends a refresh token. False when it could not be said. */
  revoke(refreshToken: string): Promise<boolean>;
}
