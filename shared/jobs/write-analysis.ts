import type { Usage } from '../domain/ai-budget.ts';
import type { AnalysisRequest } from '../domain/analysis/analysis-prompt.ts';
import type { Millis, Usd } from '../domain/money.ts';
import type { Fence } from '../domain/safety/quote-data.ts';
import type { Analyst, NoAnswerReason } from '../ports/analyst.ts';
import type { BudgetIo } from './ai-budget.ts';
import { askInTurn } from './forecasting/ask-in-turn.ts';

/** On whose account analyses go, beside the strategies. */
const ANALYSIS_ACCOUNT = 'analysis';

export interface AnalysisIo extends BudgetIo {
  /** In the order they are asked. */
  readonly analysts: readonly Analyst[];
  /** Random text that cannot be guessed, new every time. */
  readonly fence: () => Fence;
}

/** The text under the facts, or why there is none: the report is complete without it. Numbers in it are not checked yet. */
export type WrittenAnalysis =
  | {
      readonly state: 'written';
      readonly text: string;
      readonly model: string;
      readonly cost: Usd;
      readonly usage: Usage | undefined;
      readonly seconds: number;
    }
  | { readonly state: 'absent'; readonly why: NoAnswerReason | 'budget'; readonly detail: string; readonly cost: Usd };

/** Has the text of a performance analysis written from computed facts, within the AI budget. */
export async function writeAnalysis(io: AnalysisIo, request: AnalysisRequest, now: Millis): Promise<WrittenAnalysis> {
  const task = { kind: 'analysis', request, fence: io.fence() } as const;
  const charge = { ticker: undefined, strategy: ANALYSIS_ACCOUNT };
  const asked = await askInTurn(io, io.analysts, charge, task, (analyst, own) => analyst.analyze(own), now);
  if (!asked.ok) return { state: 'absent', why: asked.why, detail: asked.detail, cost: asked.cost };
  const { value: text, model, cost, usage, seconds } = asked;
  return { state: 'written', text, model, cost, usage, seconds };
}
