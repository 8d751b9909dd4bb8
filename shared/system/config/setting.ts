import * as z from 'zod/mini';
import './refusal-words.ts';

/** One setting: its type with limits, its default, and what it does, which docs/configuration.md prints. */
export function setting<T extends z.ZodMiniType>(type: T, value: z.input<T>, about: string) {
  const told = z.prefault(type, value);
  z.globalRegistry.add(told, { description: about });
  return told;
}

export const share = z.number().check(z.gte(0), z.lte(1));
export const price = z.number().check(z.gte(0), z.lte(1));
export const positive = z.number().check(z.positive());
export const count = z.int().check(z.gte(0));

/** Null switches off. */
export const optional = <T extends z.ZodMiniType>(type: T) => z.union([type, z.null()]);
