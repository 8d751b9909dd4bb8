import * as z from 'zod/mini';
import './refusal-words.ts';

/** One setting: its type with limits, and its default. What it does stands in about.ts. */
export function setting<T extends z.ZodMiniType>(type: T, value: z.input<T>) {
  return z.prefault(type, value);
}

export const share = z.number().check(z.gte(0), z.lte(1));
export const price = z.number().check(z.gte(0), z.lte(1));
export const positive = z.number().check(z.positive());
export const count = z.int().check(z.gte(0));

/** Null switches off. */
export const optional = <T extends z.ZodMiniType>(type: T) => z.union([type, z.null()]);
