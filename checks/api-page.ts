import * as z from 'zod/mini';
import type { Endpoint } from './endpoints.ts';
import { tableRow, withMadePart } from './made-part.ts';

interface ActionContract {
  readonly names: readonly string[];
  readonly body: z.ZodMiniType;
  readonly answer: z.ZodMiniType;
}

/** The page with its made part replaced by what the contract says now. Throws when the page has no such part. */
export function apiPage(page: string, endpoints: Readonly<Record<string, Endpoint>>, action: ActionContract): string {
  const made = [...Object.entries(endpoints).map(([path, endpoint]) => section(path, endpoint)), actionSection(action)].join('\n\n');
  return withMadePart(page, { page: 'docs/api.md', madeFrom: 'the contract' }, made);
}

function section(path: string, { about, query, answer }: Endpoint): string {
  const parameters = Object.entries(query ?? {}).map(([name, takes]) => `\`${name}\` (${takes})`);
  const asked = parameters.length === 0 ? [] : ['', `Takes ${parameters.join(', ')}.`];
  return [`### GET ${path}`, '', `${about}.`.replace(/^./, (first) => first.toUpperCase()), ...asked, '', ...fieldTable(answer)].join('\n');
}

function actionSection({ names, body, answer }: ActionContract): string {
  const list = names.map((name) => `\`${name}\``).join(', ');
  return [
    '### POST /api/actions/NAME',
    '',
    `NAME is one of ${list}. The body:`,
    '',
    ...fieldTable(body),
    '',
    'The answer:',
    '',
    ...fieldTable(answer),
  ].join('\n');
}

function fieldTable(schema: z.ZodMiniType): readonly string[] {
  const rows = fields(z.toJSONSchema(schema, { unrepresentable: 'any' }) as Shape, '');
  return [tableRow('field', 'what it is'), '|---|---|', ...rows.map(([name, kind]) => tableRow(name, kind))];
}

/** The parts of JSON Schema that the contract comes out as. */
interface Shape {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
}

/** Every field with its path; lists are followed by `[]`, open records by `*`. */
function fields(shape: Shape, path: string): readonly (readonly [string, string])[] {
  const known = shape.anyOf?.find(({ type }) => type !== 'null');
  if (known) return fields(known, path).map(([name, kind], index) => [name, index === 0 && name === path ? `${kind} or null` : kind]);
  if (shape.properties) {
    const required = new Set(shape.required);
    return Object.entries(shape.properties).flatMap(([name, inner]) => {
      const place = path === '' ? name : `${path} ${name}`;
      return fields(inner, place).map(
        ([field, kind]) => [field, field === place && !required.has(name) ? `${kind}, may be absent` : kind] as const,
      );
    });
  }
  if (shape.items) return fields(shape.items, `${path}[]`);
  if (typeof shape.additionalProperties === 'object') return fields(shape.additionalProperties, `${path} *`);
  return [[path, kindOf(shape)]];
}

const patterns: readonly (readonly [string, string])[] = [
  ['\\.\\d{6}$', 'dollars, 6 decimals'],
  ['\\.\\d{4}$', 'price in dollars, 4 decimals'],
  ['\\.\\d{2}$', 'contracts, 2 decimals'],
];

function kindOf({ type, pattern, format, enum: values }: Shape): string {
  if (Array.isArray(type)) return type.map((one) => (one === 'string' ? 'text' : one)).join(' or ');
  if (values) return values.join(', ');
  if (format === 'date-time') return 'time, ISO-8601 UTC';
  return patterns.find(([ending]) => pattern?.endsWith(ending))?.[1] ?? (type === 'string' ? 'text' : String(type ?? 'anything'));
}
