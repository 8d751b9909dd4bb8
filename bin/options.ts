import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigError, makeConfig } from '../shared/system/config/config.ts';
import { presetSettings } from '../shared/system/config/presets.ts';
import type { Config } from '../shared/system/config/schema.ts';

/** Collects a repeatable option. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

export interface ConfigOptions {
  readonly set?: readonly string[];
  readonly preset?: string;
}

export const CONFIG_FILE = 'pilot.config.ts';

/** pilot.config.ts of the folder it runs in, under what the command line sets. Throws ConfigError. */
export async function loadConfig({ set = [], preset }: ConfigOptions): Promise<Config> {
  return makeConfig({ file: await readConfigFile(), sets: set, ...(preset === undefined ? {} : { preset: presetSettings(preset) }) });
}

/** What the file exports; nothing when there is none. Throws ConfigError. */
export async function readConfigFile(): Promise<unknown> {
  const path = resolve(CONFIG_FILE);
  if (!existsSync(path)) return {};
  try {
    const module = (await import(pathToFileURL(path).href)) as { readonly config?: unknown };
    if (module.config !== undefined) return module.config;
  } catch (cause) {
    throw new ConfigError(
      [
        `${CONFIG_FILE}: cannot be read: ${cause instanceof Error ? cause.message : String(cause)}. Fix: correct it, or remove it for the defaults`,
      ],
      { cause },
    );
  }
  throw new ConfigError([`${CONFIG_FILE}: exports no config. Fix: write \`export const config = { … }\``]);
}

/** One JSON value and a newline to stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
