import { readFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Command } from 'commander';
import { localNames } from '../../local/runner/local-names.ts';
import { connectKalshi } from '../../shared/adapters/kalshi/connect-kalshi.ts';
import { usdText } from '../../shared/domain/money.ts';
import { commandEnvironment, exchangeOf } from '../connect.ts';
import { Exit } from '../exit.ts';

interface KalshiOptions {
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
    .action(setKalshi);
  set.command('xai').description('the key of the models, from standard input').action(setXai);
  return command;
}

/** A key that the exchange does not know is not kept. */
async function setKalshi({ keyId, keyFile }: KalshiOptions): Promise<void> {
  const privateKey = readKeyFile(keyFile);
  const { baseUrl, clock } = exchangeOf(commandEnvironment());
  const { account } = await connectKalshi({ baseUrl, clock, random: Math.random, credentials: { keyId, privateKey } });
  if (!account) throw new Exit(1, 'kalshi: the key signs nothing. Fix: give the key file that was downloaded with the key id');
  const { total } = await account.balance();
  await store(localNames.kalshiSecret, { keyId, privateKey });
  process.stdout.write(`key id ${keyId.slice(0, 4)}… ok, balance $${usdText(total)}; stored in ${localNames.kalshiSecret}\n`);
}

async function setXai(): Promise<void> {
  if (process.stdin.isTTY) throw new Exit(2, 'xai: no key. Fix: pilot secrets set xai < key.txt');
  const apiKey = (await readAll(process.stdin)).trim();
  if (!/^\S{8,}$/.test(apiKey)) throw new Exit(2, 'xai: that is no key. Fix: give one line with the key and nothing else');
  await store(localNames.xaiSecret, { apiKey });
  process.stdout.write(`stored in ${localNames.xaiSecret}\n`);
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Exit(2, `--key-file ${path}: cannot be read. Fix: give the path of the downloaded key`, { cause });
  }
}

/** With the AWS credentials at hand. */
async function store(SecretId: string, value: object): Promise<void> {
  const client = new SecretsManagerClient({ maxAttempts: 3 });
  await client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(value) })).catch((cause: unknown) => {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new Exit(3, `${SecretId} could not be stored: ${said}. Fix: deploy first, and give AWS credentials that may write it`, { cause });
  });
}
