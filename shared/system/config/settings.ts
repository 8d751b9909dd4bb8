import { about } from './about.ts';
import { settingKeys } from './keys.ts';
import { configSchema } from './schema.ts';

export interface SettingInfo {
  /** Dotted, like `scan.minVolume`. */
  readonly key: string;
  readonly about: string;
  /** What it is unless it is set. */
  readonly value: unknown;
}

/** Every setting there is, in the schema's order. */
export function settings(): readonly SettingInfo[] {
  const defaults = configSchema.parse({});
  return settingKeys().map((key) => ({ key, about: String(at(about, key)), value: at(defaults, key) }));
}

function at(tree: object, key: string): unknown {
  return key.split('.').reduce<unknown>((inner, part) => (inner as Readonly<Record<string, unknown>>)[part], tree);
}
