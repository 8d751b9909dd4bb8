import * as z from 'zod/mini';
import type { Contracts, Millis, Price, Usd } from '../../domain/money.ts';
import { scaledDecimal } from './decimal.ts';
import type { SchemaCanary } from './schema-canary.ts';
import { utcMillis } from './timestamp.ts';

/** A documented field, in the type the documentation gives it; what we hold when it does not come is `undefined`. */
export type Expected<Schema extends z.ZodMiniType> = z.ZodMiniType<z.output<Schema> | undefined, z.input<Schema>>;

const awaited = new WeakSet<z.ZodMiniType>();

/**
 * A field that the documentation promises but that we can do without: absent or null it is `undefined` and counted by
 * the canary. Who needs it for money says so where the money is (see `known`).
 */
export function expected<Schema extends z.ZodMiniType>(schema: Schema): Expected<Schema> {
  const tolerant = z.pipe(
    z.nullish(schema),
    z.transform((value) => value ?? undefined),
  );
  awaited.add(tolerant);
  return tolerant as unknown as Expected<Schema>;
}

/** A field on its way out: known, so that the canary is quiet about it, and never read. */
export const retired = z.optional(z.unknown()) as unknown as z.ZodMiniType<unknown, undefined>;

/** Counts fields that are missing or unknown, at any depth. Values are judged by the schema itself. */
export function inspect(canary: SchemaCanary, name: string, schema: z.ZodMiniType, value: unknown): void {
  const { item, shape, fields } = makeUp(schema);
  if (item) {
    if (Array.isArray(value)) for (const one of value) inspect(canary, name, item, one);
  } else if (shape && isRecord(value)) {
    for (const { field, inner, promised } of fields) {
      const held = value[field];
      if (held === undefined || held === null) {
        if (promised) canary.see('missing', `${name}.${field}`);
      } else if (inner) inspect(canary, `${name}.${field}`, inner, held);
    }
    for (const field of Object.keys(value)) if (!(field in shape)) canary.see('unknown', `${name}.${field}`);
  }
}

interface MakeUp {
  /** Of a list. */
  readonly item?: z.ZodMiniType;
  /** Of an object. */
  readonly shape?: Readonly<Record<string, z.ZodMiniType>>;
  readonly fields: readonly Field[];
}

interface Field {
  readonly field: string;
  /** Absent where there is nothing within it to look at. */
  readonly inner?: z.ZodMiniType;
  /** The documentation says that it always comes. */
  readonly promised: boolean;
}

const madeUp = new WeakMap<z.ZodMiniType, MakeUp>();

/** What a schema is made of, found once: it is asked for every field of every answer. */
function makeUp(schema: z.ZodMiniType): MakeUp {
  const known = madeUp.get(schema);
  if (known) return known;
  const type = core(schema);
  const found = type instanceof z.ZodMiniObject ? ofObject(type) : ofOther(type);
  madeUp.set(schema, found);
  return found;
}

function ofObject(type: z.ZodMiniObject): MakeUp {
  const shape = type.shape as Readonly<Record<string, z.ZodMiniType>>;
  const fields = Object.entries(shape).map(([field, schema]): Field => {
    const { item, shape: within } = makeUp(schema);
    return { field, promised: awaited.has(schema), ...(item || within ? { inner: schema } : {}) };
  });
  return { shape, fields };
}

function ofOther(type: z.ZodMiniType): MakeUp {
  return type instanceof z.ZodMiniArray ? { item: type.def.element as z.ZodMiniType, fields: [] } : { fields: [] };
}

/** The schema within optional, nullable and transformed ones. */
function core(schema: z.ZodMiniType): z.ZodMiniType {
  if (schema instanceof z.ZodMiniOptional || schema instanceof z.ZodMiniNullable) return core(schema.def.innerType as z.ZodMiniType);
  if (schema instanceof z.ZodMiniPipe) return core(schema.def.in as z.ZodMiniType);
  return schema;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Dollars as text, up to 6 decimals, to micro-dollars. */
export const dollars = decimal<Usd>(6, 'dollars with at most 6 decimals');
/** A price in dollars as text to ten-thousandths. */
export const price = decimal<Price>(4, 'a price in dollars with at most 4 decimals');
/** A count as text to hundredths of a contract; signed where the field is. */
export const count = decimal<Contracts>(2, 'a count with at most 2 decimals');
/** Whole cents to micro-dollars. */
export const cents = z.pipe(
  z.int(),
  z.transform((value) => (value * 10_000) as Usd),
);
/** RFC 3339 text to ms. */
export const time = z.pipe(
  z.string(),
  z.transform((text: string, { issues }): Millis => {
    const at = utcMillis(text);
    if (Number.isNaN(at)) issues.push({ code: 'custom', input: text, message: `${JSON.stringify(text)} is not a UTC time` });
    return at;
  }),
);
/** Unix seconds to ms. */
export const seconds = z.pipe(
  z.int(),
  z.transform((value): Millis => value * 1000),
);
/** Unix ms. */
export const millis = z.int();
/** Where the next page starts; '' or absent on the last. */
export const cursor = z.nullish(z.string());

export const side = z.enum(['yes', 'no']);
export const bookSide = z.enum(['bid', 'ask']);

/** One price band of a market's grid. */
export const priceRange = z.object({ start: price, end: price, step: price });

function decimal<Unit extends number>(decimals: number, shape: string) {
  return z.pipe(
    z.string(),
    z.transform((text: string, { issues }) => {
      const value = scaledDecimal(text, decimals);
      if (Number.isNaN(value)) issues.push({ code: 'custom', input: text, message: `${JSON.stringify(text)} is not ${shape}` });
      return value as Unit;
    }),
  );
}
