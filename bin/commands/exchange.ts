import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { createExchange } from '../../local/exchange/create-exchange.ts';
import { faultNames, parseFaults } from '../../local/exchange/faults.ts';
import { generateKey } from '../../local/exchange/generate-key.ts';
import { keptWorld, openAccountFile } from '../../local/exchange/kept/account-file.ts';
import { type Listening, listen } from '../../local/exchange/server.ts';
import { systemClock } from '../../local/exchange/system-clock.ts';
import { generatedWorld } from '../../local/exchange/world/generated-world.ts';
import { recordedWorld } from '../../local/exchange/world/recorded-world.ts';

interface Options {
  readonly markets: number;
  readonly recorded?: string;
  readonly faults: string;
  readonly port: number;
  readonly seed: number;
  readonly account?: string;
  readonly pageDelay: number;
  readonly quoteStep: number;
  readonly json?: true;
}

/** `pilot exchange`: a simulated Kalshi on this machine, with a key made for it, until it is interrupted. */
export function exchangeCommand(): Command {
  return new Command('exchange')
    .description('run a simulated Kalshi on this machine: REST and WebSocket, generated or recorded markets, faults on demand')
    .addHelpText('before', 'Example: pilot exchange --seed 7\n')
    .option('--markets <count>', 'open markets of a generated world, up to 500000', between(1, 500_000), 1_000)
    .option('--recorded <folder>', 'play recorded quotes (polls, panel, order book tapes) instead, as if they began now')
    .option(
      '--faults <names>',
      `what goes wrong, joined by +: none, lossy, storm, chaos, ${faultNames.join(', ')}; each with a rate like :0.5`,
      faults,
      'none',
    )
    .option('--port <port>', 'port to listen on; any free one when left out', between(0, 65_535), 0)
    .option('--seed <number>', 'another world, another fate', between(0, 2 ** 31 - 1), 1)
    .addOption(
      new Option('--account <file>', 'keep orders, fills and cash in this file, and go on with them after a restart').conflicts('recorded'),
    )
    .option('--page-delay <ms>', 'make every page of markets take longer', between(0, 60_000), 0)
    .option('--quote-step <ms>', 'let quotes move no more often than this', between(1, 86_400_000), 1_000)
    .option('--json', 'print the addresses as one line of JSON')
    .action(run);
}

async function run(options: Options): Promise<void> {
  const { seed, markets } = options;
  const start = (options.account ? (await keptWorld(options.account))?.start : undefined) ?? systemClock.now();
  const account = options.account ? await openAccountFile(options.account, { seed, markets, start }) : undefined;
  const world = options.recorded ? recordedWorld(options.recorded, start) : generatedWorld({ seed, markets, start, pastDays: 30 });
  const { key, privateKey } = generateKey('rsa');
  const settings = { pageDelayMs: options.pageDelay, quoteStepMs: options.quoteStep };
  const exchange = createExchange({
    ...{ world, clock: systemClock, keys: [key], seed, faults: options.faults, settings },
    ...(account ? { account } : {}),
  });
  const listening = await listen(exchange, { port: options.port });
  const privateKeyPath = writeKey(key.id, privateKey);
  say(options, listening, key.id, privateKeyPath);
  await interrupted();
  await listening.close();
  account?.close();
}

function say({ json, faults: wrong }: Options, { baseUrl, wsUrl }: Listening, keyId: string, privateKeyPath: string): void {
  if (json) process.stdout.write(`${JSON.stringify({ baseUrl, wsUrl, keyId, privateKeyPath })}\n`);
  else process.stdout.write(`KALSHI_BASE_URL=${baseUrl}\nKALSHI_KEY_ID=${keyId}\nKALSHI_PRIVATE_KEY_PATH=${privateKeyPath}\n`);
  process.stderr.write(`Simulated Kalshi on ${baseUrl} (stream ${wsUrl}), faults: ${wrong}. Ctrl+C stops it.\n`);
}

/** Readable by its owner only. */
function writeKey(id: string, privateKey: string): string {
  const folder = resolve('.pilot', 'exchange');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${id}.pem`);
  writeFileSync(path, privateKey, { mode: 0o600 });
  return path;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

function between(low: number, high: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < low || number > high)
      throw new InvalidArgumentError(`Fix: give a whole number from ${low} to ${high}.`);
    return number;
  };
}

function faults(text: string): string {
  try {
    parseFaults(text);
    return text;
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}
