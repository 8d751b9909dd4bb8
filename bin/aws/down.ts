import type { Book } from '../../shared/domain/book.ts';
import { plural } from '../../shared/domain/words/amounts.ts';
import type { Mode } from '../../shared/system/map.ts';
import { Exit } from '../exit.ts';
import { type AwsAccount, accountText } from './account.ts';
import type { RunCdk } from './cdk.ts';
import { stackName } from './stacks.ts';

export interface DownIo {
  readonly cdk: RunCdk;
  account(): Promise<AwsAccount>;
  /** The deployed mode. */
  mode(): Promise<Mode>;
  /** How much a book still has out there. */
  openOf(book: Book): Promise<{ readonly positions: number; readonly orders: number }>;
  /** Keeps entries from being placed while it goes down. */
  halt(book: Book): Promise<void>;
  /** Writes both tables here, and says where. */
  backup(): Promise<readonly string[]>;
  confirm(what: string, word: string): Promise<void>;
  say(line: string): void;
}

/**
 * Takes down what runs, shows and watches; the books, reports, recordings and keys stay, and the next `up` goes on with them.
 * Refuses while an order rests or a position is open that nobody would watch, unless `leave` says so.
 */
export async function awsDown(io: DownIo, leave: boolean): Promise<void> {
  const { say } = io;
  const account = await io.account();
  const mode = await io.mode();
  const { positions, orders } = await io.openOf(mode);
  const open = `${plural(positions, 'open position')} and ${plural(orders, 'resting order')}`;
  if (mode !== 'paper' && positions + orders > 0 && !leave) {
    const fix = 'pilot emergency --close --env aws, or leave them to themselves with --leave-positions';
    throw new Exit(4, `aws down: the ${mode} book has ${open}, and nothing would watch them. Fix: ${fix}`);
  }
  const what = `Takes down functions, schedules, dashboard and alarms of ${accountText(account)}, ${mode.toUpperCase()} mode, with ${open}.`;
  await io.confirm(what, 'DOWN');
  await io.halt(mode);
  say(`  ✓ ${mode}: halted`);
  for (const file of await io.backup()) say(`  ✓ Written to ${file}`);
  await io.cdk(['destroy', ...(['watch', 'dashboard', 'functions'] as const).map(stackName), '--force']);
  say('  ✓ Taken down. The next pilot aws up goes on where this stopped.');
  for (const line of whatStays(account)) say(line);
}

/** What is kept, and how each is removed: none of it goes by accident. */
function whatStays({ account, region }: AwsAccount): readonly string[] {
  const table = (name: string) =>
    `aws dynamodb update-table --table-name ${name} --no-deletion-protection-enabled && aws dynamodb delete-table --table-name ${name}`;
  return [
    '  Stays, about $0.80 a month for the two secrets:',
    `    tables      ${table('kalshi-pilot-state')}`,
    `                ${table('kalshi-pilot-reports')}`,
    `    recordings  aws s3 rb s3://kalshi-pilot-recordings-${account}-${region} --force`,
    '    secrets     aws secretsmanager delete-secret --secret-id kalshi-pilot/kalshi',
    '                aws secretsmanager delete-secret --secret-id kalshi-pilot/xai',
    `    the stack   npx cdk destroy ${stackName('state')}   (last: it leaves the above alone)`,
  ];
}
