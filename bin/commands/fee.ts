import { Command, Option } from 'commander';
import type { FeeInput } from '../../shared/domain/fees.ts';
import { chargeFee, feeTerms } from '../../shared/domain/fees.ts';
import type { Usd } from '../../shared/domain/money.ts';
import { InvalidValue, parseContracts, parsePrice, usdText } from '../../shared/domain/money.ts';
import { printJson } from '../options.ts';

interface FeeOptions {
  readonly count: string;
  readonly price: string;
  readonly role: FeeInput['role'];
  readonly action: FeeInput['action'];
  readonly account: FeeInput['account'];
  readonly feeType: string;
  readonly multiplier: string;
  readonly json?: boolean;
}

/** `pilot fee`: what one fill costs, exact to the micro-dollar. */
export function feeCommand(): Command {
  return new Command('fee')
    .description('what one fill costs, exact to the micro-dollar')
    .addHelpText('before', 'Example: pilot fee --count 10 --price 0.52 --role taker\n')
    .requiredOption('--count <contracts>', 'contracts, at most 2 decimals')
    .requiredOption('--price <dollars>', 'price of the side traded, 0 to 1')
    .addOption(new Option('--role <role>', 'who crossed the spread').choices(['maker', 'taker']).makeOptionMandatory())
    .addOption(new Option('--action <action>', 'buy or sell').choices(['buy', 'sell']).default('buy'))
    .addOption(new Option('--account <account>', 'how cash is rounded').choices(['direct', 'non-direct']).default('direct'))
    .option('--fee-type <type>', "the series' fee type", 'quadratic')
    .option('--multiplier <number>', "the series' fee multiplier", '1')
    .option('--json', 'one JSON value')
    .action(fee);
}

function fee(options: FeeOptions): void {
  const multiplier = /^\d+(\.\d+)?$/.test(options.multiplier) ? Number(options.multiplier) : undefined;
  const terms = feeTerms(options.feeType, multiplier);
  if (!terms) {
    throw new InvalidValue(
      'fee type and multiplier',
      `${options.feeType} × ${options.multiplier}`,
      'use quadratic, quadratic_with_maker_fees or quadratic_with_combo_maker_fees with a multiplier of at least 0; other types are not traded',
    );
  }
  const count = parseContracts(options.count);
  if (count === 0) throw new InvalidValue('count', options.count, 'give at least 0.01 contracts');
  const { role, action, account } = options;
  const charge = chargeFee({ count, price: parsePrice(options.price), role, action, account, terms, at: Date.now() });
  const perContract = Math.round((charge.fee * 100) / count) as Usd;
  const shown = {
    tradeFee: usdText(charge.tradeFee),
    roundingFee: usdText(charge.roundingFee),
    fee: usdText(charge.fee),
    perContract: usdText(perContract),
  };
  if (options.json) printJson(shown);
  else
    process.stdout.write(
      `fee $${shown.fee} = trade fee $${shown.tradeFee} + rounding $${shown.roundingFee}   $${shown.perContract} a contract\n`,
    );
}
