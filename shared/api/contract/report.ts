import * as z from 'zod/mini';
import { time } from './units.ts';

/** `GET /api/report`: the report made last, as the mail and `pilot report --latest` have it; all null before the first. */
export const report = z.strictObject({
  id: z.nullable(z.string()),
  at: z.nullable(time),
  kind: z.nullable(z.string()),
  summary: z.nullable(z.string()),
  text: z.nullable(z.string()),
  why: z.nullable(z.string()),
});
export type ReportJson = z.output<typeof report>;
