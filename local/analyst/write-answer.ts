import { createHash } from 'node:crypto';

/** A JSON schema as it arrives: only what strict structured outputs may hold. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
}

/** Fills a schema with an answer that the seed decides: the same seed and prompt, the same answers in the same order. */
export function writeAnswer(schema: Schema, prompt: string, seed: string, turn: number): unknown {
  return fill(schema, '', { prompt, base: `${seed}|${questionIn(prompt)}`, turn: `${seed}|${prompt}|${turn}` });
}

interface Writing {
  readonly prompt: string;
  /** Decides what the question is worth; the same for every asking. */
  readonly base: string;
  /** Decides how this asking differs from the others. */
  readonly turn: string;
}

function fill(schema: Schema, path: string, writing: Writing): unknown {
  const [choice] = schema.anyOf ?? [];
  if (choice) return fill(choice, path, writing);
  if (schema.enum) return schema.enum[Math.floor(unit(writing.turn + path) * schema.enum.length)];
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  switch (type) {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, own]) => [key, fill(own, key, writing)]));
    case 'array':
      return path === 'misread' ? [] : [fill(schema.items ?? {}, `${path}[]`, writing)];
    case 'number':
    case 'integer':
      return number(path, writing);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return path === 'published_on' ? dayIn(writing.prompt) : sentence(path, writing);
  }
}

/** A probability near what the question is worth; a sentiment; the first of anything numbered. */
function number(path: string, { base, turn }: Writing): number {
  if (path === 'sentiment') return round(2 * unit(`${turn}sentiment`) - 1);
  if (!/probability|rate/.test(path)) return 0;
  const worth = 4 * unit(base) - 2;
  const opinion = worth + (path === 'probability' ? 0.6 * (unit(`${turn}p`) - 0.5) : 0);
  return round(1 / (1 + Math.exp(-opinion)));
}

function sentence(path: string, { turn }: Writing): string {
  const words = [
    'the rules ask for one thing only',
    'similar questions mostly ended NO',
    'the source reports on time',
    'the date is close',
  ];
  return `${path.replaceAll(/[_[\]]/g, ' ').trim()}: ${words[Math.floor(unit(turn + path) * words.length)]}`;
}

/** Text from the facts in the prompt, 3,000 to 4,000 characters where there are enough of them. Invents no number. */
export function writeText(prompt: string): string {
  const given = /<<\S+ facts>>\n([\s\S]*?)\n<<end/.exec(prompt)?.[1] ?? '';
  const facts = [...given.matchAll(/^ *([^\s:][^\n:]{2,60}?)(?:: +| {2,})(\S.{0,100})$/gm)].map(([, label, value]) => ({ label, value }));
  const remarks = [
    'This deserves attention before anything else.',
    'It has been seen before, and it stays worth a look.',
    'It supports what the rest of the facts say.',
  ];
  let text = 'Summary\nWhat follows goes by the facts as given and adds none.\n';
  for (let round = 0; text.length < 3_000 && facts.length > 0; round++) {
    for (const [index, { label, value }] of facts.entries()) {
      const line = `\n${round === 0 ? 'On' : 'Again on'} ${label}: it stands at ${value}. ${remarks[(index + round) % remarks.length]}`;
      if (text.length + line.length > 3_900) return text;
      text += line;
    }
  }
  return text;
}

/** The question's own text, without the fence and what else changes from call to call. */
function questionIn(prompt: string): string {
  return /<<\S+ question>>\n([\s\S]*?)\n<<end/.exec(prompt)?.[1] ?? '';
}

function dayIn(prompt: string): string {
  return /It is now (\d{4}-\d{2}-\d{2})/.exec(prompt)?.[1] ?? '1970-01-01';
}

/** A number in 0..1 that the text decides. */
export function unit(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
