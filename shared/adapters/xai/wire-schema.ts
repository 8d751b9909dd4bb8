import type * as z from 'zod/mini';

/**
 * An answer's shape as JSON Schema: types, required fields and nothing else, as every provider understands it. zod can write
 * any schema this way, which is a twentieth of what a function may weigh. Throws for a type that no answer has.
 */
export function wireSchema(wire: z.core.$ZodType): Record<string, unknown> {
  const { def } = (wire as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      return objectSchema(def.shape);
    case 'array':
      return { type: 'array', items: wireSchema(def.element) };
    case 'union':
      return { type: def.options.map(plainType) };
    default:
      return { type: plainType(wire) };
  }
}

/** Every field is required and no other may come. */
function objectSchema(shape: z.core.$ZodShape): Record<string, unknown> {
  const properties = Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, wireSchema(field)]));
  return { type: 'object', properties, required: Object.keys(shape), additionalProperties: false };
}

const plain = new Set<string>(['string', 'number', 'boolean', 'null']);

function plainType({ _zod: { def } }: z.core.$ZodType): string {
  if (plain.has(def.type)) return def.type;
  throw new TypeError(`answers have no ${def.type} here. Fix: use objects, lists, texts, numbers, truth values and null`);
}
