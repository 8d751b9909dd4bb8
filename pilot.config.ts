import type { ConfigInput } from './shared/system/config/schema.ts';

/**
 * Your settings: any part of what `pilot config` lists; what is absent has its default. Absent means paper money.
 * No keys here: those live in Secrets Manager, or on this machine in an `.env` that only you can read.
 */
export const config: ConfigInput = {};
