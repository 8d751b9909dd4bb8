import { Command, Option } from 'commander';
import { feeTerms } from '../../shared/domain/fees.ts';
import type { Contracts, Role, Usd } from '../../shared/domain/money.ts';
import { contractsText, InvalidValue, parseContracts, parsePrice, parseProbability, parseUsd, usdText } from '../../shared/domain/money.ts';
import type { SizeCap, Sized } from '../../shared/domain/sizing/size.ts';
import { size } from '../../shared/domain/sizing/size.ts';
import { riskLimits } from '../../shared/system/config/domain-settings.ts';
import type { ConfigOptions } from '../options.ts';
import { collect, loadConfig, printJson } from '../options.ts';

interface SizeOptions extends ConfigOptions {
  readonly prob: string;
  readonly price: string;
  readonly bankroll: string;
  readonly role: Role;
  readonly depth?: string;
  readonly json?: boolean;
}

/** `pilot size`: how many contracts Kelly and the caps allow. */
export function sizeCommand(): Command {
  return new Command('size')
    .description('how many contracts Kelly, with fees, and the caps allow')
    .addHelpText('before', 'Example: pilot size --prob 0.60 --price 0.50 --bankroll 1000\n')
    .requiredOption('--prob <probability>', 'fair probability of the side, 0 to 1')
    .requiredOption('--price <dollars>', 'price of the side, 0 to 1')
    .requiredOption('--bankroll <dollars>', 'what shares are of')
    .addOption(new Option('--role <role>', 'who crosses the spread').choices(['maker', 'taker']).default('taker'))
    .option('--depth <contracts>', 'contracts displayed at or below the price')
    .option('--set <key=value>', 'a setting for this run', collect, [])
    .option('--preset <name>', "a seed's numbers")
    .option('--json', 'one JSON value')
    .action(sizeOf);
}

async function sizeOf(options: SizeOptions): Promise<void> {
  const limits = riskLimits(await loadConfig(options));
  const terms = feeTerms('quadratic', 1);
  const bankroll = parseUsd(options.bankroll, 'bankroll');
  if (!terms || bankroll < 0) throw new InvalidValue('bankroll', options.bankroll, 'give dollars of at least 0');
  const depth = options.depth === undefined ? undefined : (Math.floor(parseContracts(options.depth, 'depth') * limits.depth) as Contracts);
  const sized = size({
    win: parseProbability(options.prob, 'prob'),
    standardError: 0,
    price: parsePrice(options.price),
    role: options.role,
    fee: terms,
    at: Date.now(),
    account: limits.account,
    bankroll,
    fraction: limits.kellyFraction,
    ignoreFees: limits.ignoreFees,
    rooms: { market: Math.floor(limits.perMarket * bankroll) as Usd, order: limits.maxOrder },
    depth,
  });
  if (options.json) printJson(jsonOf(sized));
  else process.stdout.write(textOf(sized));
}

function jsonOf({ cost, kellyFraction, fraction, contracts, dollars, caps }: Sized) {
  return {
    cost: usdText(Math.round(cost * 1_000_000) as Usd),
    kellyFraction,
    fraction,
    contracts: contractsText(contracts),
    dollars: usdText(dollars),
    caps: caps.map(({ name, limit, binding }) => ({ name, limit: limitText(limit), binding })),
  };
}

function textOf({ cost, kellyFraction, fraction, contracts, dollars, caps }: Sized): string {
  const lines = caps.map(({ name, limit, binding }) => `  ${binding ? '→' : ' '} ${name.padEnd(8)} ${limitText(limit)}`);
  const head = `${contractsText(contracts)} contracts, $${usdText(dollars)} (${(fraction * 100).toFixed(2)}% of the bankroll) at $${cost.toFixed(4)} with fee`;
  return `${head}\n  Kelly ${(kellyFraction * 100).toFixed(2)}%; contracts each cap allows:\n${lines.join('\n')}\n`;
}

function limitText(limit: SizeCap['limit']): string {
  return limit === 'not-applicable' ? limit : contractsText(limit);
}
