import * as z from 'zod/mini';
import { isZone } from '../../domain/zone.ts';
import { ConfigError } from './config.ts';
import { nearest } from './keys.ts';

const text = z.string().check(z.minLength(1));
const name = text.check(z.regex(/^\S+$/, 'must not contain spaces'));
const address = z.url({ protocol: /^(https?|wss?)$/, error: 'must be a URL' });

/** Every environment name there is. In Lambda the stack sets the PILOT_ names; at home a person sets the keys. */
const names = {
  PILOT_MODE: z.enum(['paper', 'demo', 'live']),
  PILOT_ZONE: text.check(z.refine(isZone, 'must be a time zone like America/New_York')),
  PILOT_STATE_TABLE: name,
  PILOT_REPORTS_TABLE: name,
  PILOT_RECORDINGS_BUCKET: name,
  PILOT_ALERTS_TOPIC: name,
  PILOT_FUNCTION_PREFIX: name,
  PILOT_SECRET_KALSHI: name,
  PILOT_SECRET_XAI: name,
  PILOT_HEALTH_THRESHOLD: z.pipe(z.pipe(text, z.transform(Number)), z.number('must be a number').check(z.gte(0), z.lte(100))),
  PILOT_DASHBOARD_URL: address,
  PILOT_SIGN_IN_URL: address,
  PILOT_SIGN_IN_CLIENT: name,
  PILOT_SIGN_IN_ISSUER: address,
  PILOT_RECORDED_DATA: text,
  /** Set by `npm start` for its own functions: a clock that runs faster than the machine's. */
  PILOT_CLOCK: text,
  PILOT_PRICES: z.enum(['generated', 'recorded', 'live']),
  KALSHI_BASE_URL: address,
  KALSHI_WS_URL: address,
  KALSHI_KEY_ID: name,
  KALSHI_PRIVATE_KEY_PATH: text,
  XAI_API_KEY: name,
  XAI_BASE_URL: address,
  OPENAI_API_KEY: name,
  OPENAI_BASE_URL: address,
} as const;

type Name = keyof typeof names;

/** What the environment says, by name; a name that is not set is not there. */
export type Environment = { readonly [Key in Name]?: z.output<(typeof names)[Key]> };

/** Names with these beginnings are ours: a misspelt one would silently do nothing, so it is refused. */
const ours = /^(PILOT|KALSHI|XAI)_/;

/** Reads our names, and no others, from variables like those of a process. Throws ConfigError with a line for each fault. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const set = Object.entries(variables).filter(([key, value]) => value !== undefined && (ours.test(key) || isName(key)));
  const faults: string[] = [];
  const environment: Record<string, unknown> = {};
  for (const [key, value] of set) {
    const read = readOne(key, value ?? '');
    if ('fault' in read) faults.push(read.fault);
    else environment[key] = read.value;
  }
  faults.push(...halfKeys(environment));
  if (faults.length > 0) throw new ConfigError(faults);
  return environment as Environment;
}

function readOne(key: string, value: string): { readonly value: unknown } | { readonly fault: string } {
  if (!isName(key)) {
    const near = nearest(key, Object.keys(names));
    return {
      fault: `${key}: no such name. Fix: ${near ? `did you mean ${near}?` : 'unset it; pilot doctor --help lists those there are'}`,
    };
  }
  if (value.trim() === '') return { fault: `${key}: empty. Fix: give it a value or unset it` };
  const parsed = names[key].safeParse(value);
  if (parsed.success) return { value: parsed.data };
  // The value may be a secret, so it is not shown.
  return { fault: `${key}: ${parsed.error.issues.map(({ message }) => message).join('; ')}. Fix: correct it or unset it` };
}

/** A key id without its key signs nothing, and a key without its id is nobody's. */
function halfKeys(environment: Readonly<Record<string, unknown>>): readonly string[] {
  const pair = ['KALSHI_KEY_ID', 'KALSHI_PRIVATE_KEY_PATH'] as const;
  const missing = pair.filter((key) => environment[key] === undefined);
  return missing.length === 1 ? [`${missing[0]}: missing. Fix: set it too, ${pair.join(' and ')} belong together`] : [];
}

export const environmentNames = Object.keys(names) as readonly Name[];

function isName(key: string): key is Name {
  return Object.hasOwn(names, key);
}
