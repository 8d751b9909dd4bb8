import type { Usd } from '../money.ts';
import { centsText, countText, dollars, plural, signedDollars } from '../words/amounts.ts';
import type { ReportSection } from '../words/report.ts';
import { breakerHeadroom } from './cash-projection.ts';
import type { Exposed } from './trade-sections.ts';
import type { WorstState } from './worst-states.ts';

/** Where the book stands and when it halts. */
export interface Standing {
  readonly cash: Usd;
  readonly peak: Usd | undefined;
  readonly maxDrawdown: number;
}

/** The worst each event can do, and all of them together beside the drawdown that halts. */
export function worstSection(states: readonly WorstState[], { cash, peak, maxDrawdown }: Standing): ReportSection {
  const rows = states.map(({ event, positions, result, when }): readonly [string, string] => [
    event,
    `${signedDollars(result)} if ${when} (${plural(positions, 'position')})`,
  ]);
  const left = (cash + states.reduce((sum, { pays }) => sum + pays, 0)) as Usd;
  const room = breakerHeadroom(left, peak, maxDrawdown);
  const breaker =
    room === undefined
      ? 'room unknown (no equity history)'
      : room < 0
        ? `${dollars(-room as Usd)} past the drawdown that halts`
        : `${dollars(room)} before the drawdown that halts`;
  return { title: 'Worst cases', rows: [...rows, ['All at their worst', `equity ${dollars(left)}, ${breaker}`]] };
}

/** Most positions that are named: the first ones matter. */
const NAMED = 12;

/** Which positions to sell first: those that have most left to lose, at the bid that is there now. What nobody bids for comes last. */
export function closingSection(positions: readonly Exposed[]): ReportSection {
  const ordered = positions.toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1)).slice(0, NAMED);
  const rows = ordered.map((exposed, index): readonly [string, string] => [
    `${index + 1}. ${exposed.position.ticker}`,
    closingText(exposed),
  ]);
  return { title: 'Close first', rows: rows.length > 0 ? rows : [['Positions', 'none']] };
}

function closingText({ position: { side, count, cost, fees }, value }: Exposed): string {
  if (value === undefined) return `${countText(count)} ${side.toUpperCase()}: nobody bids, it cannot be sold now`;
  const result = signedDollars((value - cost - fees) as Usd);
  return `sell ${countText(count)} ${side.toUpperCase()} at ${centsText(value / count)}: brings ${dollars(value)} that could still be lost, and books ${result}, before fees`;
}
