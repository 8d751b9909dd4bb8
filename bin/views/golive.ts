import type { GateRow } from '../../shared/api/routes/live-gate.ts';
import { gateRows } from '../../shared/api/routes/live-gate.ts';
import type { CheckState } from '../../shared/domain/health/risk-check.ts';
import { keptLevels } from '../../shared/jobs/count-levels.ts';
import { executionsOf } from '../../shared/jobs/gather-performance.ts';
import { lastHealth } from '../../shared/jobs/last-health.ts';
import { NOTHING_BOOKED, readMoney, readPerformance } from './money.ts';
import { linesText, tableText } from './table.ts';
import type { View, ViewIo } from './view.ts';

/** The rows between a book and real money; a row that is not met does not pass, whatever the reason. */
export interface GoLive extends View {
  readonly rows: readonly GateRow[];
  readonly missing: readonly string[];
}

const marks: Readonly<Record<GateRow['state'], string>> = { met: '✓', 'not-met': '✗', unknown: '?', 'not-applicable': '-' };

/** `pilot golive`: everything contracts ask for, each row with what there is and what is needed. */
export async function goLiveView(io: ViewIo): Promise<GoLive> {
  const rows = await rowsOf(io);
  const missing = rows.filter(({ state }) => state !== 'met').map(({ name }) => name);
  const sum = missing.length === 0 ? 'every row is met' : `${rows.length - missing.length} of ${rows.length} rows are met`;
  const lines = rows.map(({ name, need, have, state }) => [marks[state], name, have, need]);
  return {
    ...{ rows, missing },
    json: { book: io.book, rows, missing },
    text: linesText([
      `${io.book.toUpperCase()} · the way to real money: ${sum}`,
      '',
      ...tableText(
        ['', 'Row', 'There is', 'Needed'].map((title) => ({ title })),
        lines,
      ),
    ]),
  };
}

async function rowsOf(io: ViewIo): Promise<readonly GateRow[]> {
  const { store, book, now } = io;
  const [figures, executions, levels, exits] = await Promise.all([
    readMoney(io).then((money) => readPerformance(io, money)),
    executionsOf(store, book),
    keptLevels(store, book),
    exitsRow(io),
  ]);
  const fills = executions.map(({ fill }) => fill);
  const necessary =
    figures === undefined
      ? [{ name: 'Trades', need: '30 closed', have: NOTHING_BOOKED, state: 'unknown' as const }]
      : gateRows({ book, now, metrics: figures.all.metrics, fills, levels });
  return [...necessary, exits, sufficient];
}

/** What can be bought must be able to be sold. */
async function exitsRow({ store, book }: ViewIo): Promise<GateRow> {
  const check = (await lastHealth(store, book))?.health.checks.find(({ id }) => id === 'exit-liveness');
  const have = check?.detail ?? 'health was not checked yet';
  return { name: 'Exits', need: 'each position can be left', have, state: check === undefined ? 'unknown' : gateStates[check.state] };
}

/** A warning about exits is one too many. */
const gateStates: Readonly<Record<CheckState, GateRow['state']>> = {
  ...{ healthy: 'met', warning: 'not-met', critical: 'not-met', unknown: 'unknown', 'not-applicable': 'not-applicable' },
};

/** Being lucky for a month is easy: an edge is proven by evidence that grows with every trade, and nothing measures it yet. */
const sufficient: GateRow = { name: 'Evidence', need: 'e-process of at least 20', have: 'not yet measured', state: 'unknown' };
