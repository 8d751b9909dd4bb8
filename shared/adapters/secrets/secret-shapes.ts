import * as z from 'zod/mini';
import type { KalshiKey, XaiKey } from '../../ports/secrets.ts';

/** What is stored under each name, as JSON. The PEM is parsed by who signs with it. */
export const kalshiSecret: z.ZodMiniType<KalshiKey> = z.object({
  keyId: z.string().check(z.minLength(1)),
  privateKey: z.string().check(z.includes('PRIVATE KEY')),
});

export const xaiSecret: z.ZodMiniType<XaiKey> = z.object({
  apiKey: z.string().check(z.minLength(1)),
  fallbackApiKey: z.optional(z.string().check(z.minLength(1))),
});
