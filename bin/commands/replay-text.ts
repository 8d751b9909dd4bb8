import type { ScanLine } from '../../local/replay/replay.ts';
import type { summaryOf } from '../../local/replay/summary.ts';
import { scanStages } from '../../shared/domain/scan/funnel.ts';

/** A replay for people: funnel, what each strategy did and why not more, money. */
export function summaryText(lines: readonly ScanLine[], summary: Awaited<ReturnType<typeof summaryOf>>): string {
  const { watch } = summary;
  const sum = (read: (line: ScanLine) => number) => lines.reduce((total, line) => total + read(line), 0);
  const funnel = scanStages.map((stage) => `  ├─ ${String(sum((line) => line.funnel[stage])).padStart(9)}  ${stage}`);
  const perStrategy = Object.entries(summary.strategies).map(([name, { dropped }]) => {
    const why = Object.entries(dropped)
      .filter(([, count]) => count > 0)
      .map(([stage, count]) => `${stage} ${count}`);
    return `  ${name.padEnd(12)} ${sum((line) => line.strategies[name]?.signals ?? 0)} signals; dropped by ${why.join(', ') || 'nothing'}`;
  });
  return [
    `${summary.scans} scans saw ${sum((line) => line.seen)} markets, dropped by`,
    ...funnel,
    `  └─ ${String(sum((line) => line.candidates)).padStart(9)}  candidates`,
    '',
    ...perStrategy,
    '',
    `  ${sum((line) => line.signals)} signals → ${sum((line) => line.approved)} approved, ${sum((line) => line.refused)} refused; ${sum((line) => line.exits)} exits; ${sum((line) => line.orders)} orders, ${sum((line) => line.fills)} fills`,
    `  ${summary.trades} trades closed, ${summary.openPositions} open, ${summary.settledMarkets} markets settled`,
    `  ${summary.halts} halts${summary.halts === 0 ? '' : ', each ended by the next day in New York (--set breaker.replay=stay keeps the first)'}`,
    `  P&L ${signed(summary.pnl)} net of $${summary.fees} fees; cash $${summary.cash}; equity ${summary.equity === null ? 'unknown: a held market has no bid' : `$${summary.equity}`}`,
    `  ledger ${summary.ledger.balanced ? 'balanced to the micro-dollar' : 'NOT BALANCED'}; rows refused: ${Object.entries(
      summary.refusedRows,
    )
      .map(([why, count]) => `${why} ${count}`)
      .join(', ')}`,
    `  ${watch.alertChecks} alert checks told ${watch.alerts} alerts; ${watch.reports} daily reports; health ${watch.healthScore ?? 'unknown'}`,
    `  not applicable here: ${summary.notApplicable.join(', ') || 'nothing'}`,
    ...summary.notes.map((note) => `  note: ${note}`),
    '',
  ].join('\n');
}

/** Dollars with their sign in front. */
function signed(dollars: string): string {
  return dollars.startsWith('-') ? `-$${dollars.slice(1)}` : `+$${dollars}`;
}
