import type { Usd } from '../../shared/domain/money.ts';
import { dollars } from '../../shared/domain/words/amounts.ts';
import type { Config } from '../../shared/system/config/schema.ts';
import { settings } from '../../shared/system/config/settings.ts';
import { functionNames, type Mode, tables } from '../../shared/system/map.ts';
import { type AwsAccount, accountText } from './account.ts';
import type { RunCdk } from './cdk.ts';

export interface UpIo {
  readonly cdk: RunCdk;
  readonly mode: Mode;
  readonly config: Config;
  account(): Promise<AwsAccount>;
  bootstrapped(): Promise<boolean>;
  /** Asks to go on; throws when it is declined. */
  confirm(what: string, word: string): Promise<void>;
  say(line: string): void;
}

/** Deploys the system. Real money is confirmed with what differs from the defaults before anything is changed. */
export async function awsUp(io: UpIo): Promise<AwsAccount> {
  const { mode, say } = io;
  const account = await io.account();
  say(`  ✓ ${accountText(account)}`);
  const made = `${functionNames.length} Lambdas, ${Object.keys(tables).length} tables, their schedules, one topic, two secrets`;
  const plan = `Deploys ${made}, in ${mode.toUpperCase()} mode, models for at most ${dollars(aiBudget(io.config))} a day. What AWS costs: npm run cost`;
  await io.confirm(mode === 'live' ? `${plan}\n${differences(io.config)}` : plan, mode.toUpperCase());
  if (!(await io.bootstrapped())) await io.cdk(['bootstrap', `aws://${account.account}/${account.region}`]);
  // What it may do was confirmed above, so the CDK does not ask a second time.
  await io.cdk(['deploy', '--all', '--require-approval', 'never', '-c', `mode=${mode}`]);
  say('  ✓ Deployed. Schedules run; what has no key yet says so and ends cleanly.');
  say('  Next  pilot setup --env aws');
  say('        pilot alerts add email you@example.com --env aws');
  say('        pilot aws invoke health');
  return account;
}

function aiBudget({ ai }: Config): Usd {
  return Math.round(ai.dailyBudget * 1e6) as Usd;
}

/** Settings that are not their defaults, a line each, in their order. */
function differences(config: Config): string {
  const at = (key: string) => key.split('.').reduce<unknown>((inner, part) => (inner as Record<string, unknown>)[part], config);
  const changed = settings().flatMap(({ key, value, about }) => {
    const [now, before] = [JSON.stringify(at(key)), JSON.stringify(value)];
    return now === before ? [] : [`  ${key}: ${before} → ${now}   ${about}`];
  });
  return changed.length === 0 ? 'All settings are the defaults.' : ['What differs from the defaults:', ...changed].join('\n');
}
