import { text as readAll } from 'node:stream/consumers';
import { Command } from 'commander';
import { commandEnvironment, exchangeOf } from '../connect.ts';
import { Exit } from '../exit.ts';
import { printJson } from '../options.ts';
import { keepInAws, readKeyFile } from '../setup/key-store.ts';
import { keyText, tryKalshiKey, tryXaiKey } from '../setup/try-keys.ts';

interface Options {
  readonly json?: boolean;
}

interface KalshiOptions extends Options {
  readonly keyId: string;
  readonly keyFile: string;
}

/** `pilot secrets set`: the keys of the deployed system, tried before they are kept. On this machine they stand in `.env`. */
export function secretsCommand(): Command {
  const command = new Command('secrets').description("the deployed system's keys in Secrets Manager");
  command.addHelpText('before', 'Examples: pilot secrets set kalshi --key-id ID --key-file kalshi.pem · pilot secrets set xai < key.txt\n');
  const set = command.command('set').description('store a key; it is tried first and never shown');
  set
    .command('kalshi')
    .description("the exchange's key")
    .requiredOption('--key-id <id>', 'key id')
    .requiredOption('--key-file <path>', 'private key, PEM')
    .option('--json', 'one JSON value')
    .action(setKalshi);
  set.command('xai').description('the key of the models, from standard input').option('--json', 'one JSON value').action(setXai);
  return command;
}

/** A key that the exchange does not know is not kept. */
async function setKalshi({ keyId, keyFile, json }: KalshiOptions): Promise<void> {
  const { baseUrl, clock } = exchangeOf(commandEnvironment());
  const credentials = { keyId, privateKey: readKeyFile(keyFile) };
  const balance = await tryKalshiKey({ baseUrl, clock }, credentials);
  tell(json, keyText(keyId, balance), await keepInAws({ kalshi: { ...credentials, baseUrl } }));
}

async function setXai({ json }: Options): Promise<void> {
  if (process.stdin.isTTY) throw new Exit(2, 'xai: no key. Fix: pilot secrets set xai < key.txt');
  const apiKey = (await readAll(process.stdin)).trim();
  const models = await tryXaiKey(apiKey, commandEnvironment().XAI_BASE_URL);
  tell(json, `key ok, ${models.length} models offered`, await keepInAws({ xai: apiKey }));
}

function tell(json: boolean | undefined, text: string, stored: readonly string[]): void {
  if (json) printJson({ stored, detail: text });
  else process.stdout.write(`${text}; stored in ${stored.join(', ')}\n`);
}
