import * as z from 'zod';
import type { KalshiKey, XaiKey } from '../../ports/secrets.ts';

/** What is stored under each name, as JSON. The PEM is parsed by who signs with it. */
export const kalshiSecret: z.ZodType<KalshiKey> = z.object({ keyId: z.string().min(1), privateKey: z.string().includes('PRIVATE KEY') });

export const xaiSecret: z.ZodType<XaiKey> = z.object({ apiKey: z.string().min(1), fallbackApiKey: z.string().min(1).optional() });
