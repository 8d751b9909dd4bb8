import type * as z from 'zod/mini';
import { nearest, settingKeys } from './keys.ts';
import type { Config, ConfigInput } from './schema.ts';
import { configSchema } from './schema.ts';

/** A configuration that cannot be used. Every line names a field and its fix. */
export class ConfigError extends Error {
  constructor(lines: readonly string[], options?: ErrorOptions) {
    super(lines.join('\n'), options);
    this.name = 'ConfigError';
  }
}

export interface ConfigSources {
  /** What pilot.config.ts exports. */
  readonly file?: unknown;
  /** What lies under the file. */
  readonly preset?: ConfigInput;
  /** What the environment decides: mode, zone, threshold. */
  readonly environment?: unknown;
  /** `key=value` pairs, later ones win. The value is JSON, else a string. */
  readonly sets?: readonly string[];
}

/** Defaults ← preset ← file ← environment ← sets, checked as a whole. Throws ConfigError. */
export function makeConfig({ file = {}, preset = {}, environment = {}, sets = [] }: ConfigSources): Config {
  check(file);
  const layers = [preset, file as ConfigInput, environment as ConfigInput, ...sets.map(setToTree)];
  return check(layers.reduce<unknown>((base, layer) => merge(base, layer), {}));
}

/** The file is checked alone too: what lies over it must not hide what is wrong in it. */
function check(tree: unknown): Config {
  const parsed = configSchema.safeParse(tree);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.flatMap(explain), { cause: parsed.error });
  return parsed.data;
}

/** `scan.minVolume=300` to a tree with that one leaf. */
function setToTree(pair: string): ConfigInput {
  const equals = pair.indexOf('=');
  if (equals < 1) throw new ConfigError([`--set ${pair}: no value. Fix: write --set key=value, like --set scan.minVolume=300`]);
  const key = pair.slice(0, equals).trim();
  const text = pair.slice(equals + 1);
  if (text === '') throw new ConfigError([`${key}: empty value. Fix: write --set ${key}=VALUE, or leave it out for the default`]);
  return key.split('.').reduceRight<unknown>((inner, part) => ({ [part]: inner }), jsonOrText(text)) as ConfigInput;
}

/** A value as a person types it: JSON, else a text. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function merge(base: unknown, layer: unknown): unknown {
  if (!isTree(base) || !isTree(layer)) return layer;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(layer)) merged[key] = key in merged ? merge(merged[key], value) : value;
  return merged;
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function explain(issue: z.core.$ZodIssue): readonly string[] {
  const path = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys')
    return [`${path || 'configuration'}: ${issue.message}. Fix: see docs/configuration.md for what it takes`];
  return issue.keys.map((key) => {
    const full = path === '' ? key : `${path}.${key}`;
    const suggestion = nearest(full, settingKeys());
    return `${full}: no such setting. Fix: ${suggestion ? `did you mean ${suggestion}?` : '`pilot config` lists them all'}`;
  });
}
