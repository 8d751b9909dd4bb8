import { text as readAll } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { localNames } from '../../local/runner/local-names.ts';
import { kalshiSecret, xaiSecret } from '../../shared/adapters/secrets/secret-shapes.ts';
import { SecretFailure } from '../../shared/ports/secrets.ts';
import { type ExchangeName, exchanges } from '../../shared/system/exchange-address.ts';
import { awsFailure } from '../aws/aws-failure.ts';
import { Exit, explain } from '../exit.ts';
import { printJson } from '../options.ts';
import { keepInAws, readKeyFile, readSecret } from '../setup/key-store.ts';
import { keyText, keyTrials } from '../setup/try-keys.ts';

interface Options {
  readonly json?: boolean;
}

interface KalshiOptions extends Options {
  readonly exchange: ExchangeName;
  readonly keyId: string;
  readonly keyFile: string;
}

/** `pilot secrets`: the keys of the deployed system, tried before they are kept. On this machine they stand in `.env`. */
export function secretsCommand(): Command {
  const command = new Command('secrets').description("the deployed system's keys in Secrets Manager: set, or test those there are");
  command.addHelpText(
    'before',
    'Examples: pilot secrets set kalshi --key-id ID --key-file kalshi.pem · pilot secrets set xai < key.txt · pilot secrets test\n',
  );
  const whose = () => new Option('--exchange <name>', 'whose key it is').choices(Object.keys(exchanges)).default('prod');
  const set = command
    .command('set')
    .addHelpText('before', 'Example: pilot secrets set xai < key.txt\n')
    .description('store a key, a new one over the old; it is tried first and never shown');
  set
    .command('kalshi')
    .addHelpText('before', 'Example: pilot secrets set kalshi --key-id ID --key-file kalshi.pem\n')
    .description("the exchange's key")
    .addOption(whose())
    .requiredOption('--key-id <id>', 'key id')
    .requiredOption('--key-file <path>', 'private key, PEM')
    .option('--json', 'one JSON value')
    .action(setKalshi);
  set
    .command('xai')
    .addHelpText('before', 'Example: pilot secrets set xai < key.txt\n')
    .description('the key of the models, from standard input')
    .option('--json', 'one JSON value')
    .action(setXai);
  command
    .command('test')
    .description('try the keys that are stored')
    .addHelpText('before', 'Example: pilot secrets test\n')
    .addOption(whose())
    .option('--json', 'one JSON value')
    .action(test);
  return command;
}

/** A key that the exchange does not know is not kept. */
async function setKalshi({ exchange, keyId, keyFile, json }: KalshiOptions): Promise<void> {
  const credentials = { keyId, privateKey: readKeyFile(keyFile) };
  const { balance, baseUrl } = await keyTrials().kalshi(exchange, credentials);
  tell(json, keyText(keyId, balance), await keepInAws({ kalshi: { ...credentials, baseUrl } }));
}

async function setXai({ json }: Options): Promise<void> {
  if (process.stdin.isTTY) throw new Exit(2, 'xai: no key. Fix: pilot secrets set xai < key.txt');
  const apiKey = (await readAll(process.stdin)).trim();
  const models = await keyTrials().xai(apiKey);
  tell(json, `key ok, ${models.length} models offered`, await keepInAws({ xai: apiKey }));
}

function tell(json: boolean | undefined, text: string, stored: readonly string[]): void {
  if (json) printJson({ stored, detail: text });
  else process.stdout.write(`${text}; stored in ${stored.join(', ')}\n`);
}

interface Tested {
  readonly secret: string;
  /** A key that was never stored is not wrong: the system runs without it and says so. */
  readonly state: 'ok' | 'not-set' | 'problem';
  readonly detail: string;
}

const marks: Readonly<Record<Tested['state'], string>> = { ok: '✓', 'not-set': '-', problem: '✗' };

async function test({ exchange, json }: Options & { readonly exchange: ExchangeName }): Promise<void> {
  const trials = keyTrials();
  const results = [
    await tested(localNames.kalshiSecret, async () => {
      const found = await readSecret(localNames.kalshiSecret, kalshiSecret);
      return found.ready ? keyText(found.value.keyId, (await trials.kalshi(exchange, found.value)).balance) : undefined;
    }),
    await tested(localNames.xaiSecret, async () => {
      const found = await readSecret(localNames.xaiSecret, xaiSecret);
      return found.ready ? `key ok, ${(await trials.xai(found.value.apiKey)).length} models offered` : undefined;
    }),
  ];
  if (json) printJson(results);
  else for (const { secret, state, detail } of results) process.stdout.write(`${marks[state]} ${secret}  ${detail}\n`);
  if (results.some(({ state }) => state === 'problem')) throw new Exit(1, 'a key does not work. Fix: do what is said at each ✗');
}

async function tested(secret: string, work: () => Promise<string | undefined>): Promise<Tested> {
  try {
    const detail = await work();
    return detail === undefined
      ? { secret, state: 'not-set', detail: 'not set. Set it: pilot setup --env aws' }
      : { secret, state: 'ok', detail };
  } catch (error) {
    // Who may not ask at all gets one answer, not one for each key.
    if (error instanceof SecretFailure && error.outcome === 'unknown') throw awsFailure('secrets', error.cause);
    return { secret, state: 'problem', detail: explain(error) };
  }
}
