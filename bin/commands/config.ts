import { Command } from 'commander';
import { jsonOrText } from '../../shared/system/config/config.ts';
import { nearest, settingKeys } from '../../shared/system/config/keys.ts';
import { presets } from '../../shared/system/config/presets.ts';
import { settings } from '../../shared/system/config/settings.ts';
import { saveSettings } from '../config-file.ts';
import { Exit } from '../exit.ts';
import type { ConfigOptions } from '../options.ts';
import { collect, loadConfig, printJson } from '../options.ts';

interface Options extends ConfigOptions {
  readonly json?: boolean;
}

/** `pilot config`: every setting with its value; one of them, got or set; or whether the configuration is valid. */
export function configCommand(): Command {
  const command = new Command('config').description('settings: list them, get or set one, check the file');
  command.addHelpText('before', 'Examples: pilot config · pilot config get scan.minVolume · pilot config set scan.minVolume 300\n');
  withConfig(
    command
      .command('list', { isDefault: true })
      .addHelpText('before', 'Example: pilot config --preset seed-004\n')
      .description('every setting with its value'),
  ).action(list);
  withConfig(
    command
      .command('get <key>')
      .addHelpText('before', 'Example: pilot config get scan.minVolume\n')
      .description('the value of one setting'),
  ).action(get);
  command
    .command('set <key> <value>')
    .addHelpText('before', 'Example: pilot config set scan.minVolume 300\n')
    .description('write one setting into pilot.config.ts; the value is JSON, else a text')
    .option('--json', 'one JSON value')
    .action(set);
  withConfig(
    command.command('check').addHelpText('before', 'Example: pilot config check\n').description('whether the configuration is valid'),
  ).action(check);
  return command;
}

function withConfig(command: Command): Command {
  return command
    .option('--set <key=value>', 'a setting for this run', collect, [])
    .option('--preset <name>', `a seed's numbers: ${Object.keys(presets).join(', ')}`)
    .option('--json', 'one JSON value');
}

async function list(options: Options): Promise<void> {
  const config = await loadConfig(options);
  const rows = settings().map(({ key, about, value }) => ({ key, value: valueAt(config, key), default: value, about }));
  if (options.json) printJson(rows);
  else for (const { key, value, about } of rows) process.stdout.write(`${key.padEnd(40)} ${JSON.stringify(value).padEnd(20)} ${about}\n`);
}

/** Checked with all the others before it is written; a running system reads it when it is started again. */
async function set(key: string, text: string, { json }: Options): Promise<void> {
  requireKey(key);
  const value = jsonOrText(text);
  await saveSettings({ [key]: value });
  if (json) printJson({ key, value });
  else process.stdout.write(`${key} is ${JSON.stringify(value)}, from the next start or deploy on\n`);
}

function requireKey(key: string): void {
  const known = settingKeys();
  if (known.includes(key)) return;
  const suggestion = nearest(key, known);
  throw new Exit(2, `${key}: no such setting. Fix: ${suggestion ? `did you mean ${suggestion}?` : '`pilot config` lists them all'}`);
}

async function get(key: string, options: Options): Promise<void> {
  requireKey(key);
  const value = valueAt(await loadConfig(options), key);
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

async function check(options: Options): Promise<void> {
  await loadConfig(options);
  if (options.json) printJson({ valid: true });
  else process.stdout.write('configuration is valid\n');
}

function valueAt(config: unknown, key: string): unknown {
  return key.split('.').reduce<unknown>((inner, part) => (inner as Record<string, unknown>)[part], config);
}
