import { Command } from 'commander';
import { nearest, settingKeys, settings } from '../../shared/system/config/keys.ts';
import { presets } from '../../shared/system/config/presets.ts';
import { Exit } from '../exit.ts';
import type { ConfigOptions } from '../options.ts';
import { collect, loadConfig, printJson } from '../options.ts';

interface Options extends ConfigOptions {
  readonly json?: boolean;
}

/** `pilot config`: every setting with its value; one of them; or whether the configuration is valid. */
export function configCommand(): Command {
  const command = new Command('config').description('settings: list them, get one, check the file');
  command.addHelpText('before', 'Examples: pilot config · pilot config get scan.minVolume · pilot config check\n');
  withConfig(command.command('list', { isDefault: true }).description('every setting with its value')).action(list);
  withConfig(command.command('get <key>').description('the value of one setting')).action(get);
  withConfig(command.command('check').description('whether the configuration is valid')).action(check);
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

async function get(key: string, options: Options): Promise<void> {
  const suggestion = nearest(key, settingKeys());
  if (!settingKeys().includes(key))
    throw new Exit(2, `${key}: no such setting. Fix: ${suggestion ? `did you mean ${suggestion}?` : '`pilot config` lists them all'}`);
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
