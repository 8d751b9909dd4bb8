/** One measured number, what it is compared with, and what it may cost. */
export interface Figure {
  /** `group.name`, as documents and budgets call it. */
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  /** What the same machine needed, in the same run and unit, for the physical or best known limit. */
  readonly limit?: number;
  /** Bounds value ÷ limit where there is a limit, else the value. A figure without a budget is only told. */
  readonly budget?: number;
}

/** A figure as printed with `--json`; null is what the figure does not have. */
export interface FigureLine {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  readonly limit: number | null;
  readonly ratio: number | null;
  readonly budget: number | null;
  readonly ok: boolean;
}

/** Judges a figure. A number that is not finite was not measured and is never fine. */
export function judge({ figure, value, unit, better, limit, budget }: Figure): FigureLine {
  const ratio = limit === undefined ? undefined : value / limit;
  const bounded = ratio ?? value;
  const kept = budget === undefined || (better === 'lower' ? bounded <= budget : bounded >= budget);
  return {
    figure,
    value,
    unit,
    better,
    limit: limit ?? null,
    ratio: ratio ?? null,
    budget: budget ?? null,
    ok: Number.isFinite(bounded) && kept,
  };
}

/** One line of the table for people. */
export function figureRow(line: FigureLine): string {
  const limit = line.ratio === null ? '' : `${short(line.ratio)} × the limit of ${short(line.limit)} ${line.unit}`;
  const bound = line.better === 'lower' ? 'at most' : 'at least';
  const budget = line.budget === null ? '' : `budget ${bound} ${short(line.budget)}${line.ratio === null ? '' : ' ×'}`;
  const value = `${short(line.value)} ${line.unit}`;
  return `${line.ok ? '✓' : '✗'} ${line.figure.padEnd(26)}${value.padStart(18)}  ${limit.padEnd(36)}${budget}`.trimEnd();
}

function short(value: number | null): string {
  return value === null ? '' : value.toLocaleString('en-US', { maximumSignificantDigits: 4 });
}
