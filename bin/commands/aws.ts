import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { nearest } from '../../shared/system/config/keys.ts';
import { functionNames, type Mode } from '../../shared/system/map.ts';
import { ask } from '../ask.ts';
import { accountAtHand, accountText } from '../aws/account.ts';
import { backUpHere } from '../aws/back-up-here.ts';
import { runCdk } from '../aws/cdk.ts';
import { deployedEnvironment } from '../aws/deployed.ts';
import { awsDown } from '../aws/down.ts';
import { deployedStacks, isBootstrapped } from '../aws/stacks.ts';
import { awsUp } from '../aws/up.ts';
import { confirmed } from '../confirm.ts';
import { Exit } from '../exit.ts';
import { openStore } from '../open-store.ts';
import { loadConfig, printJson } from '../options.ts';
import { talk } from '../talk.ts';
import { tableText } from '../views/table.ts';
import { logsCommand } from './logs.ts';

interface Options {
  readonly json?: boolean;
  readonly yes?: boolean;
}

/** `pilot aws`: the system in your account: put there, looked at, run by hand, read, taken down. */
export function awsCommand(): Command {
  const command = new Command('aws').description('the system in your AWS account: up, status, invoke, logs, down');
  command.addHelpText(
    'before',
    'Examples: pilot aws up · pilot aws status · pilot aws invoke emergency --reason "test" · pilot aws down\n',
  );
  const inner = (name: string, example: string, about: string) =>
    command.command(name).description(about).addHelpText('before', `Example: pilot aws ${example}\n`).option('--json', 'one JSON value');
  inner('up', 'up --mode demo', 'deploy it, or what changed of it; on paper unless cdk.json or --mode says otherwise')
    .addOption(new Option('--mode <mode>', 'highest book that may trade').choices(['paper', 'demo', 'live']))
    .option('--yes', 'do not ask')
    .action(up);
  inner('status', 'status', 'what is deployed, in which mode, and where').action(status);
  inner('invoke', 'invoke emergency --reason "test"', 'run one function now and print what it answers')
    .argument('<function>', functionNames.filter((name) => name !== 'api').join(', '))
    .option('--reason <text>', 'why, for an emergency analysis or a control')
    .option('--payload <json>', 'what else the function is told, as JSON')
    .action(invoke);
  command.addCommand(logsCommand('aws'));
  inner('down', 'down', 'take down what runs; the books, reports and keys stay')
    .option('--leave-positions', 'although an order rests or a position is open')
    .option('--yes', 'do not ask')
    .action(down);
  return command;
}

async function up({ mode: asked, yes = false, json }: Options & { readonly mode?: Mode }): Promise<void> {
  const mode = asked ?? modeOfCdk();
  const before = await deployedMode();
  if (before !== undefined && before !== mode) talk(`  ! It runs in ${before.toUpperCase()} mode now`);
  const io = { cdk: runCdk, mode, config: await loadConfig({}), account: accountAtHand, bootstrapped: isBootstrapped, say: talk };
  const account = await awsUp({ ...io, confirm: (what, word) => confirmed({ what, word, yes }) });
  if (json) printJson({ ...account, mode, stacks: await deployedStacks() });
}

/** Undefined where nothing is deployed yet. */
async function deployedMode(): Promise<Mode | undefined> {
  try {
    return (await deployedEnvironment()).PILOT_MODE;
  } catch (error) {
    if (error instanceof Exit && error.message.includes('not deployed')) return undefined;
    throw error;
  }
}

/** What a plain `cdk deploy` would take. */
function modeOfCdk(): Mode {
  const { context } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../cdk.json'), 'utf8')) as { context?: { mode?: Mode } };
  return context?.mode ?? 'paper';
}

async function status({ json }: Options): Promise<void> {
  const account = await accountAtHand();
  const stacks = await deployedStacks();
  const mode = (await deployedMode()) ?? null;
  if (json)
    printJson({
      ...account,
      mode,
      stacks: stacks.map((stack) => ({ ...stack, state: stack.state ?? null, changedAt: stack.changedAt ?? null })),
    });
  else {
    const rows = stacks.map(({ name, state, changedAt }) => [name, state ?? 'not deployed', changedAt ?? '-']);
    const outputs = stacks.flatMap((stack) => Object.entries(stack.outputs).map(([name, value]) => `  ${name}  ${value}`));
    const lines = [
      `${accountText(account)} · ${mode?.toUpperCase() ?? 'nothing deployed'}`,
      '',
      ...tableText([{ title: 'Stack' }, { title: 'State' }, { title: 'Changed' }], rows),
    ];
    process.stdout.write(`${[...lines, ...(outputs.length === 0 ? [] : ['', ...outputs])].join('\n')}\n`);
  }
  const wrong = stacks.filter((stack) => stack.state === undefined || /FAILED|ROLLBACK/.test(stack.state));
  if (wrong.length > 0) throw new Exit(1, `aws: ${wrong.map(({ name }) => name).join(', ')} not in place. Fix: pilot aws up`);
}

async function invoke(
  given: string,
  { reason, payload, json }: Options & { readonly reason?: string; readonly payload?: string },
): Promise<void> {
  const name = functionNames.find((known) => known === given || known === `${given}-analysis`);
  if (name === undefined) throw new Exit(2, `${given}: no such function. Fix: did you mean ${nearest(given, functionNames) ?? 'health'}?`);
  const event = { ...payloadOf(payload), tick: new Date().toISOString(), ...(reason === undefined ? {} : { reason }) };
  const answer = await ask({ running: undefined, env: 'aws' }, name, event);
  if (json) printJson(answer);
  else process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
}

function payloadOf(text: string | undefined): object {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below, with what does work.
  }
  throw new Exit(2, `--payload ${text}: no JSON object. Fix: write it like '{"book":"paper"}'`);
}

async function down({ leavePositions = false, yes = false, json }: Options & { readonly leavePositions?: boolean }): Promise<void> {
  const account = await accountAtHand();
  const opened = await openStore({ env: 'aws' });
  const { store } = opened;
  const files: string[] = [];
  await awsDown(
    {
      cdk: runCdk,
      account: async () => account,
      mode: async () => opened.mode ?? 'paper',
      openOf: async (book) => {
        const [{ ledger }, live] = await Promise.all([store.ledger.head(book), store.orders.live(book)]);
        return { positions: ledger.positions.size, orders: live.length };
      },
      halt: async (book) => void (await ask(opened, 'control', { action: 'halt', book, name: 'pilot aws down', reason: 'taken down' })),
      backup: async () => {
        files.push(...(await backUpHere()));
        return files;
      },
      confirm: (what, word) => confirmed({ what, word, yes }),
      say: talk,
    },
    leavePositions,
  );
  if (json) printJson({ ...account, backup: files });
}
