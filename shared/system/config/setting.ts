import * as z from 'zod';

/** One setting: its type with limits, its default, and what it does, which docs/configuration.md prints. */
export function setting<T extends z.ZodType>(type: T, value: z.input<T>, about: string) {
  return type.prefault(value as never).describe(about);
}

export const share = z.number().min(0).max(1);
export const price = z.number().min(0).max(1);
export const positive = z.number().positive();
export const count = z.int().min(0);

/** Null switches off. */
export const optional = <T extends z.ZodType>(type: T) => z.union([type, z.null()]);
