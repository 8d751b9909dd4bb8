import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type ExchangeName, exchanges } from '../../shared/system/exchange-address.ts';
import { saveSettings } from '../config-file.ts';
import { Exit } from '../exit.ts';
import { loadConfig, printJson } from '../options.ts';
import { keepHere, keepInAws, readKeyFile } from '../setup/key-store.ts';
import { keyTrials, type Trials } from '../setup/try-keys.ts';
import { askSetup, type Setup } from '../setup/wizard.ts';
import { openTerminal } from '../terminal.ts';

interface SetupOptions {
  readonly env: 'local' | 'aws';
  readonly exchange: ExchangeName;
  readonly keyId?: string;
  readonly keyFile?: string;
  readonly xaiKeyFile?: string;
  readonly cash?: number;
  readonly json?: boolean;
}

/** `pilot setup`: connects Kalshi and xAI, paper first. A key is stored once it has worked. */
export function setupCommand(): Command {
  return new Command('setup')
    .description('connect Kalshi and xAI: asks only what matters, tries every key before it is stored')
    .addHelpText('before', 'Examples: pilot setup\n          pilot setup --exchange demo --key-id ID --key-file kalshi.pem\n')
    .addOption(new Option('--env <place>', 'keep keys on this machine, or in your AWS account').choices(['local', 'aws']).default('local'))
    .addOption(new Option('--exchange <name>', 'whose key it is').choices(Object.keys(exchanges)).default('demo'))
    .option('--key-id <id>', 'Kalshi key id')
    .option('--key-file <path>', 'its private key, PEM; - reads standard input')
    .option('--xai-key-file <path>', 'file with the xAI key; - reads standard input')
    .option('--cash <dollars>', 'what a new paper book starts with', dollars)
    .option('--json', 'one JSON value')
    .action(setup);
}

async function setup(options: SetupOptions): Promise<void> {
  const trials = keyTrials();
  const { keys, cash } = isAsked(options) ? await given(options, trials) : await asked(options, trials);
  const kept = options.env === 'aws' ? await keepInAws(keys) : await keepHere(keys);
  if (cash !== undefined) await saveSettings({ 'capital.cash': cash });
  const saved = [...kept, ...(cash === undefined ? [] : ['pilot.config.ts'])];
  const next = options.env === 'aws' ? 'pilot aws invoke health' : 'pilot doctor';
  if (options.json) return printJson({ saved, kalshi: keys.kalshi?.keyId ?? null, xai: keys.xai !== undefined, cash: cash ?? null, next });
  process.stdout.write(
    `${saved.length === 0 ? 'Nothing to save: paper money needs no keys' : `Saved ${saved.join(', ')}`}. Next: ${next}\n`,
  );
}

/** Something was said on the command line, so nothing is asked. */
function isAsked({ keyId, keyFile, xaiKeyFile, cash }: SetupOptions): boolean {
  return [keyId, keyFile, xaiKeyFile, cash].some((option) => option !== undefined);
}

async function asked({ env }: SetupOptions, trials: Trials): Promise<Setup> {
  const config = await loadConfig({});
  const terminal = openTerminal('give --key-id and --key-file, --xai-key-file or --cash');
  try {
    // The cloud's settings are those that were deployed.
    const cash = env === 'aws' ? undefined : config.capital.cash;
    const answers = await askSetup({ terminal, trials, cash, model: config.ai.model });
    return answers.cash === config.capital.cash ? { keys: answers.keys } : answers;
  } finally {
    terminal.close();
  }
}

async function given({ exchange, keyId, keyFile, xaiKeyFile, cash }: SetupOptions, trials: Trials): Promise<Setup> {
  if ((keyId === undefined) !== (keyFile === undefined))
    throw new Exit(2, `setup: ${keyId === undefined ? '--key-id' : '--key-file'} is missing. Fix: give --key-id and --key-file together`);
  const kalshi = keyId !== undefined && keyFile !== undefined ? { keyId, privateKey: readKey(keyFile) } : undefined;
  const xai = xaiKeyFile === undefined ? undefined : readKey(xaiKeyFile).trim();
  const tried = kalshi && { ...kalshi, ...(await trials.kalshi(exchange, kalshi)) };
  if (xai !== undefined) await trials.xai(xai);
  const keys = { ...(tried && { kalshi: tried }), ...(xai !== undefined && { xai }) };
  return { keys, ...(cash === undefined ? {} : { cash }) };
}

function readKey(path: string): string {
  return path === '-' ? readFileSync(0, 'utf8') : readKeyFile(path);
}

function dollars(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new InvalidArgumentError('Fix: give dollars, like 1000.');
  return value;
}
