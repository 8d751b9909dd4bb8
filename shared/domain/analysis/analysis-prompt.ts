import type { Prompt } from '../forecasting/prompts.ts';
import type { Millis } from '../money.ts';
import type { Fence } from '../safety/quote-data.ts';
import { fenceRule, quoteData } from '../safety/quote-data.ts';
import type { ReportKind } from '../words/report.ts';

/** What an analysis is written from. */
export interface AnalysisRequest {
  readonly kind: ReportKind;
  readonly at: Millis;
  /** The computed report as people read it, and nothing else: what the writer sees is what the reader can check. */
  readonly facts: string;
}

/** Length of the text, in characters. Source: seed 000. */
export const ANALYSIS_LENGTH = { least: 3_000, most: 4_000 } as const;

/** A text that ran on, up to the last sentence that fits: models are told the length, and do not always keep to it. */
export function withinLength(text: string): string {
  if (text.length <= ANALYSIS_LENGTH.most) return text;
  const cut = text.slice(0, ANALYSIS_LENGTH.most);
  const end = Math.max(cut.lastIndexOf('\n'), cut.lastIndexOf('. ') + 1);
  return cut.slice(0, end > 0 ? end : cut.length).trimEnd();
}

const MOST_FACTS = 24_000;

const purpose = {
  daily: 'Write the daily analysis: what changed the result, what is at risk today, what to do next.',
  weekly:
    'Write the weekly analysis, deeper than a daily one: trends, each strategy against its own break-even, trades by hand against automated ones and what the profitable trades by hand have in common, calibration of the forecasts, and what to change next week.',
  emergency:
    'Write an emergency analysis for somebody who must act within minutes: the state of the breaker, exposures and worst cases, and which positions to close first and why. Most urgent first.',
} as const satisfies Record<ReportKind, string>;

const rules = `You are the analyst of a trading system for prediction markets. You write from computed facts, for their owner.
Use only numbers that stand in the facts, as they stand there or rounded. Do not compute new ones: no sums, differences, ratios, forecasts or dates of your own. A number that is not in the facts is struck out before anybody reads it.
Where a fact is unknown, say so. Do not praise small samples: say how few they are. You cannot trade or change settings; the owner decides.
Plain text with short headings, no tables, no links.`;

/** Asks for the text under the computed facts. */
export function analysisPrompt({ kind, at, facts }: AnalysisRequest, fence: Fence): Prompt {
  const length = `Length: ${ANALYSIS_LENGTH.least} to ${ANALYSIS_LENGTH.most} characters.`;
  const now = `It is now ${new Date(at).toISOString().slice(0, 16)}Z.`;
  return {
    instructions: `${rules}\n${purpose[kind]}\n${length}`,
    input: [fenceRule(fence), now, quoteData(fence, 'facts', facts, MOST_FACTS)].join('\n\n'),
  };
}
