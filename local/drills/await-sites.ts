import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type DrilledFunction, drilledFunctions } from './functions.ts';

/** A place in the code where a process can be waiting. */
export interface AwaitSite {
  readonly file: string;
  /** Lines, from 1. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** The function at top level that it is in. */
  readonly within: string;
}

/**
 * What the deployed functions that trade cannot pass, or cannot die at, by the beginning of its path, its function or its
 * line; and why.
 */
const unpassed: Readonly<Record<string, string>> = {
  'shared/adapters/dynamodb/': 'the store is simulated; one suite holds both to the same promises',
  'shared/adapters/s3/': 'recordings are kept in memory',
  'shared/adapters/sns/': 'a topic in memory, which fails as SNS does',
  'shared/adapters/secrets/': 'the account’s key is at hand',
  'shared/adapters/paper/': 'the demo book is traded, on the exchange itself',
  'shared/jobs/ai-budget.ts': 'asks analysts: functions without a key to trade',
  'shared/jobs/forecasting/ask-in-turn.ts': 'asks analysts: functions without a key to trade',
  'shared/jobs/forecasting/forecast-market.ts': 'asks analysts: functions without a key to trade',
  'shared/jobs/forecasting/gather-opinion.ts': 'asks analysts: functions without a key to trade',
  'shared/jobs/forecasting/learn-from-outcomes.ts': 'learns at night, and trades nothing',
  'shared/jobs/gather-performance.ts': 'reports and pages read it',
  'shared/jobs/health.ts': 'the hourly check: it reads, and moves nothing',
  'shared/jobs/look-at-holdings.ts': 'reports and pages read it',
  'shared/jobs/last-health.ts': 'reports and pages read it',
  'threeWay()': 'asks only where ledger and exchange disagree, which would be a violation',
  'await threeWay(io': 'asks only where ledger and exchange disagree, which would be a violation',
  'await io.settle?.()': 'the exchange brings an account up to date by itself',
  'await io.record(page)': 'a page is kept in memory until the scan has ended',
  'marketsOf(wanted,': 'outcomes are asked for at night',
  'marketsOf(missing,': 'outcomes are asked for at night',
  'read({ tickers: batch': 'outcomes are asked for at night',
  'call(decreaseOrder': 'no function decreases an order',
  'records.list(KIND, { from: new Date(from)': 'pages read the decisions of a day',
  'lastDecision()': 'pages read the last decision',
  'planFlatten()': 'people are shown what it would cost before they ask for it',
  'equityHistory()': 'reports and pages read the history of equity',
  "records.get('held-markets'": 'reports and pages read it',
};

/** The functions that hold money or move it, and what leads to that. The forecast places nothing and is off. */
const trading: readonly DrilledFunction[] = drilledFunctions.filter((name) => name !== 'forecast');

/** Every line with an await in the jobs and adapters that the deployed functions can reach. */
export function awaitSites(root: string): readonly AwaitSite[] {
  const files = reachable(
    root,
    trading.map((name) => `functions/${name}.ts`),
  );
  const ours = files.filter((file) => /^shared\/(jobs|adapters)\//.test(file));
  return ours.flatMap((file) => awaitsIn(root, file)).filter((site) => !isUnpassed(site));
}

function isUnpassed({ file, text, within }: AwaitSite): boolean {
  return Object.keys(unpassed).some((what) => file.startsWith(what) || text.includes(what) || what === `${within}()`);
}

/** The sites among these that a stack passes through. A call that is part of what is awaited may stand on a later line. */
export function sitesIn(stack: string, sites: readonly AwaitSite[]): readonly AwaitSite[] {
  const lines = [...stack.matchAll(/(shared\/[\w/.-]+\.ts):(\d+)/g)].map(([, file, line]) => ({ file, line: Number(line) }));
  return sites.filter((site) => lines.some(({ file, line }) => file === site.file && line >= site.from && line <= site.to));
}

const LOADS = /^(?:import|export) (?!type)[^;]*?from '(\.[^']+)'|import\('(\.[^']+)'\)/gm;

/** These files and all that they load, one way or another. */
function reachable(root: string, from: readonly string[]): readonly string[] {
  const found = new Set(from);
  for (const file of found) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, loaded, later] of text.matchAll(LOADS)) found.add(join(dirname(file), loaded ?? later ?? ''));
  }
  return [...found];
}

/** A line with an await, and the lines up to where its brackets close. */
function awaitsIn(root: string, file: string): readonly AwaitSite[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  let within = '';
  return lines.flatMap((line, index) => {
    within = /^(?:export )?(?:async )?function\*? (\w+)/.exec(line)?.[1] ?? within;
    if (!/\bawait\b/.test(line) || /^\s*(\*|\/)/.test(line)) return [];
    let open = 0;
    let to = index;
    do open += bracketsOpenedIn(lines[to++] ?? '');
    while (open > 0 && to < lines.length && !/\{$/.test(line));
    return [{ file, from: index + 1, to, text: line.trim(), within }];
  });
}

/** Round and square brackets opened less those closed. */
function bracketsOpenedIn(line: string): number {
  return (line.match(/[([]/g)?.length ?? 0) - (line.match(/[)\]]/g)?.length ?? 0);
}
