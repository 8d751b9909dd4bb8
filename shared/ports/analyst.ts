import type { Usage } from '../domain/ai-budget.ts';
import type { AnalysisRequest } from '../domain/analysis/analysis-prompt.ts';
import type { Critique, Draft, Finding, NamedGap, Question } from '../domain/forecasting/question.ts';
import type { Usd } from '../domain/money.ts';
import type { Fence } from '../domain/safety/quote-data.ts';

/** Why a model gave nothing usable. */
export const noAnswerReasons = [
  'bad-json',
  'wrong-shape',
  'out-of-range',
  'cut-off',
  'refusal',
  'empty',
  'time-out',
  'rate-limited',
  'server-error',
  'unreachable',
  'unauthorised',
  'unknown-model',
  'rejected',
  'no-basis',
] as const;
export type NoAnswerReason = (typeof noAnswerReasons)[number];

/** What a call was and what it cost, whether or not it gave an answer. */
export interface Call {
  readonly asked: string;
  /** The model that says it answered; undefined when nothing did. */
  readonly answered: string | undefined;
  readonly usage: Usage | undefined;
  /** Undefined when the call may have been billed and nobody can say how much: then the estimate is spent. */
  readonly cost: Usd | undefined;
  readonly seconds: number;
}

export type Answer<T> =
  | { readonly ok: true; readonly value: T; readonly call: Call }
  | { readonly ok: false; readonly why: NoAnswerReason; readonly detail: string; readonly fix: string; readonly call: Call };

/** What can be asked. A fence is random and new for each task. `repair` says what was wrong with the last answer. */
export type Task =
  | { readonly kind: 'forecast'; readonly question: Question; readonly fence: Fence; readonly repair?: string }
  | {
      readonly kind: 'critique';
      readonly question: Question;
      readonly drafts: readonly Draft[];
      readonly fence: Fence;
      readonly repair?: string;
    }
  | { readonly kind: 'evidence'; readonly question: Question; readonly maxItems: number; readonly fence: Fence; readonly repair?: string }
  | {
      readonly kind: 'gap';
      readonly question: Question;
      readonly ours: 'higher' | 'lower';
      readonly fence: Fence;
      readonly repair?: string;
    }
  | { readonly kind: 'analysis'; readonly request: AnalysisRequest; readonly fence: Fence; readonly repair?: string };

export type TaskOf<K extends Task['kind']> = Extract<Task, { readonly kind: K }>;

/**
 * One model behind questions and answers. It has no tools that act, no secrets in what it sees, and no say: an answer is
 * something to parse and bound. Whatever the model or the network does, methods return; they throw only for bugs.
 */
export interface Analyst {
  readonly model: string;
  /** Most a task can cost; undefined when the model's price is unknown: then it must not be asked. */
  estimate(task: Task): Usd | undefined;
  forecast(task: TaskOf<'forecast'>): Promise<Answer<Draft>>;
  critique(task: TaskOf<'critique'>): Promise<Answer<Critique>>;
  evidence(task: TaskOf<'evidence'>): Promise<Answer<readonly Finding[]>>;
  nameGap(task: TaskOf<'gap'>): Promise<Answer<NamedGap>>;
  analyze(task: TaskOf<'analysis'>): Promise<Answer<string>>;
}
