import type * as z from 'zod/mini';
import { configSchema } from './schema.ts';

/** Every leaf of the schema, dotted like `scan.minVolume`, in the schema's order. */
export function settingKeys(): readonly string[] {
  return leaves(configSchema, '');
}

function leaves(schema: z.ZodMiniType, prefix: string): readonly string[] {
  const shape = shapeOf(schema);
  if (!shape) return [prefix];
  return Object.entries(shape).flatMap(([name, child]) => leaves(child, prefix === '' ? name : `${prefix}.${name}`));
}

/** The fields of an object schema, looking through its default; undefined for a leaf. */
function shapeOf(schema: z.ZodMiniType): Record<string, z.ZodMiniType> | undefined {
  const { def } = schema as { def: { type: string; innerType?: z.ZodMiniType; shape?: Record<string, z.ZodMiniType> } };
  if (def.type === 'object') return def.shape;
  return def.innerType && (def.type === 'prefault' || def.type === 'default') ? shapeOf(def.innerType) : undefined;
}

/** The known name nearest to a misspelt one, if one is near at all. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const ranked = known.map((candidate) => ({ candidate, distance: editDistance(name, candidate) })).sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(2, Math.floor(name.length / 3)) ? best.candidate : undefined;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
