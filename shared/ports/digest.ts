/** SHA-256 of a text, 64 hex digits. */
export type Digest = (text: string) => string;
