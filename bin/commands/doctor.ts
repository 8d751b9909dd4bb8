import { Command, Option } from 'commander';
import { findRunning } from '../../local/runner/running.ts';
import { InvalidValue } from '../../shared/domain/money.ts';
import { ConfigError } from '../../shared/system/config/config.ts';
import type { Environment } from '../../shared/system/config/environment.ts';
import { environmentNames } from '../../shared/system/config/environment.ts';
import type { Config } from '../../shared/system/config/schema.ts';
import { connectAs, exchangeOf } from '../connect.ts';
import { examineAccount } from '../doctor/examine-account.ts';
import { examineAi } from '../doctor/examine-ai.ts';
import { examineAws } from '../doctor/examine-aws.ts';
import { examineExchange } from '../doctor/examine-exchange.ts';
import { examineFallback } from '../doctor/examine-fallback.ts';
import { examineConfig, examineEnvironment, examineNode, examineStore } from '../doctor/examine-machine.ts';
import { type Finding, findingsText } from '../doctor/finding.ts';
import { Exit } from '../exit.ts';
import { printJson } from '../options.ts';
import { waiting } from '../waiting.ts';

/** `pilot doctor`: whether everything that the system needs is there and works, and what to do where it is not. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check everything the system needs, and say what to do')
    .addHelpText('before', 'Examples: pilot doctor\n          pilot doctor --env aws\n')
    .addHelpText('after', `\nEnvironment, also read from a .env only you can read:\n  ${environmentNames.join('\n  ')}`)
    .addOption(new Option('--env <place>', 'this machine alone, or your AWS account too').choices(['local', 'aws']).default('local'))
    .option('--json', 'one JSON value')
    .action(run);
}

async function run({ env, json }: { readonly env: 'local' | 'aws'; readonly json?: boolean }): Promise<void> {
  const findings = await waiting('doctor', examine(env));
  const problems = findings.filter(({ state }) => state === 'problem').length;
  const warnings = findings.filter(({ state }) => state === 'warning').length;
  const sum = `${counted(problems, 'problem')}, ${counted(warnings, 'warning')}`;
  if (json) printJson({ problems, warnings, findings });
  else process.stdout.write(`${findingsText(findings)}  ${sum}\n`);
  if (problems > 0) throw new Exit(1, `${sum}. Fix: do what is said at each ✗, then run pilot doctor again`);
}

async function examine(env: 'local' | 'aws'): Promise<readonly Finding[]> {
  const { config, finding: ofConfig } = await examineConfig();
  const { environment, finding: ofEnvironment } = examineEnvironment();
  const first = [examineNode(), ofConfig, ofEnvironment];
  if (!environment)
    return [
      ...first,
      { check: 'Kalshi', state: 'unchecked', text: 'not checked: the environment is faulty' },
      await examineStore(config.mode),
    ];
  const kalshi = await examineKalshi(environment, config);
  return [
    ...first,
    ...kalshi,
    await examineStore(config.mode),
    await examineAi(environment, config, findRunning()),
    ...(await examineFallback(environment, config)),
    ...(await examineAws(env === 'aws')),
  ];
}

async function examineKalshi(environment: Environment, config: Config): Promise<readonly Finding[]> {
  const mode = environment.PILOT_MODE ?? config.mode;
  try {
    const kalshi = await connectAs(environment);
    const exchange = await examineExchange(kalshi);
    const account = await examineAccount(kalshi, environment.KALSHI_KEY_ID, mode, findRunning()?.mode);
    return [{ check: 'Kalshi', state: 'ok', text: exchangeOf(environment).baseUrl }, ...exchange, ...account];
  } catch (error) {
    if (error instanceof ConfigError) {
      const [text = '', fix = 'pilot config check'] = error.message.split('. Fix: ');
      return [{ check: 'Kalshi', state: 'problem', text, fix }];
    }
    if (!(error instanceof InvalidValue)) throw error;
    return [{ check: 'Kalshi', state: 'problem', text: `${error.field} cannot be right`, fix: error.fix }];
  }
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
