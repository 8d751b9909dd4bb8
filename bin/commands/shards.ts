import { Command, InvalidArgumentError } from 'commander';
import { getShardTransfer } from '../../shared/adapters/kalshi/endpoints/get-shard-transfer.ts';
import { transferBetweenShards } from '../../shared/adapters/kalshi/endpoints/transfer-between-shards.ts';
import type { KalshiAccount } from '../../shared/adapters/kalshi/kalshi-account.ts';
import type { Transport } from '../../shared/adapters/kalshi/transport.ts';
import { InvalidValue, parseUsd, type Usd, usdText } from '../../shared/domain/money.ts';
import { confirmed } from '../confirm.ts';
import { commandEnvironment, connectAs } from '../connect.ts';
import { Exit } from '../exit.ts';
import { printJson } from '../options.ts';

interface MoveOptions {
  readonly from: number;
  readonly to: number;
  readonly amount: Usd;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** The exchange moves money in steps of a hundredth of a cent. */
const STEP: Usd = 100 as Usd;
const LOOKS = 20;
const PAUSE_MS = 1000;

/** `pilot shards`: where the account's cash lies; an order can only use the cash of its market's shard. */
export function shardsCommand(): Command {
  const command = new Command('shards')
    .description('cash by shard of the exchange: show it, move it')
    .addHelpText('before', 'Examples: pilot shards\n          pilot shards move --help\n');
  command
    .command('list', { isDefault: true })
    .description('cash and state of each shard')
    .addHelpText('before', 'Example: pilot shards\n')
    .option('--json', 'one JSON value')
    .action(list);
  command
    .command('move')
    .description('move cash from one shard to another')
    .addHelpText('before', 'Example: pilot shards move --from 0 --to 1 --amount 50\n')
    .requiredOption('--from <shard>', 'where the cash is', shard)
    .requiredOption('--to <shard>', 'where it is needed', shard)
    .requiredOption('--amount <dollars>', 'how much', dollars)
    .option('--yes', 'do not ask')
    .option('--json', 'one JSON value')
    .action(move);
  return command;
}

async function list({ json }: { readonly json?: boolean }): Promise<void> {
  const { marketData, account } = await connectAs(commandEnvironment());
  const owner = withKey(account);
  const [{ shards }, balance] = await Promise.all([marketData.status(), owner.balance()]);
  const numbers = [...new Set([...shards.keys(), ...balance.byShard.keys()])].sort((a, b) => a - b);
  const rows = numbers.map((number) => {
    const state = shards.get(number);
    return { shard: number, cash: balance.byShard.get(number), trading: state?.exchangeActive && state.tradingActive };
  });
  const total = usdText(balance.total);
  if (json)
    return printJson({
      total,
      shards: rows.map((row) => ({ ...row, cash: row.cash === undefined ? null : usdText(row.cash), trading: row.trading ?? null })),
    });
  const lines = rows.map(({ shard: number, cash, trading }) => {
    const state = trading === undefined ? 'state unknown' : trading ? 'trading' : 'not trading';
    return `  ${String(number).padStart(3)}  ${(cash === undefined ? 'unknown' : `$${usdText(cash)}`).padStart(16)}  ${state}\n`;
  });
  process.stdout.write(`Shard              Cash\n${lines.join('')}Total  ${`$${total}`.padStart(16)}\n`);
}

async function move({ from, to, amount, yes, json }: MoveOptions): Promise<void> {
  if (from === to) throw new Exit(2, '--to: the same as --from. Fix: give two different shards');
  const { transport, account } = await connectAs(commandEnvironment());
  const { byShard } = await withKey(account).balance();
  const there = byShard.get(from);
  if (there !== undefined && there < amount)
    throw new Exit(1, `shard ${from} has $${usdText(there)}, less than $${usdText(amount)}. Fix: move at most that, or deposit first`);
  await confirmed({
    what: `This moves $${usdText(amount)} of real cash from shard ${from} to shard ${to}.`,
    word: 'MOVE',
    yes: yes === true,
  });
  const { transfer_id: id } = await transport.call(transferBetweenShards, {
    body: {
      source: 'event_contract',
      destination: 'event_contract',
      amount: amount / STEP,
      source_exchange_shard: from,
      destination_exchange_shard: to,
    },
  });
  const state = await outcome(transport, id);
  if (json) printJson({ id, from, to, amount: usdText(amount), state });
  else process.stdout.write(state === 'complete' ? `Moved: transfer ${id}\n` : `Under way: transfer ${id}. See pilot shards in a while\n`);
}

/** Cash moves within seconds; who will not wait longer is told that it is under way. */
async function outcome(transport: Transport, transfer_id: string): Promise<'pending' | 'complete'> {
  for (let look = 0; look < LOOKS; look++) {
    const { transfer } = await transport.call(getShardTransfer, { params: { transfer_id } });
    if (transfer.status === 'complete') return 'complete';
    await transport.clock.sleep(PAUSE_MS);
  }
  return 'pending';
}

function withKey(account: KalshiAccount | undefined): KalshiAccount {
  if (account) return account;
  throw new Exit(2, 'shards: needs a key and there is none. Fix: set KALSHI_KEY_ID and KALSHI_PRIVATE_KEY_PATH');
}

function shard(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Fix: give the number of a shard, as pilot shards lists them.');
}

function dollars(text: string): Usd {
  try {
    const amount = parseUsd(text, '--amount');
    if (amount > 0 && amount % STEP === 0) return amount;
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error;
  }
  throw new InvalidArgumentError('Fix: give dollars above 0 with at most 4 decimals, like 50.');
}
