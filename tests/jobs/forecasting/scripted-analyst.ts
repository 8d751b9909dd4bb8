import { sha256 } from '../../../shared/adapters/crypto/sha256.ts';
import { memoryStore } from '../../../shared/adapters/memory/memory-store.ts';
import { aiCaps } from '../../../shared/domain/ai-budget.ts';
import type { Draft } from '../../../shared/domain/forecasting/question.ts';
import type { Price, Probability, Usd } from '../../../shared/domain/money.ts';
import type { ForecastingIo, MarketView, Panel } from '../../../shared/jobs/forecasting/forecasting-io.ts';
import type { Analyst, Answer, NoAnswerReason, Task } from '../../../shared/ports/analyst.ts';
import { makeConfig } from '../../../shared/system/config/config.ts';
import { forecastingSettings } from '../../../shared/system/config/domain-settings.ts';

export const now = Date.parse('2026-11-20T12:00:00Z');

export interface Script {
  readonly probability?: number;
  /** One after the other; `probability` when absent. */
  readonly drafts?: readonly number[];
  readonly misread?: readonly number[];
  readonly rulesClear?: boolean;
  readonly named?: number | undefined;
  /** Dates of findings. */
  readonly findings?: readonly string[];
  readonly fails?: NoAnswerReason;
  /** How often it fails; always when absent. */
  readonly times?: number;
}

/** An analyst that says what it is told to, for 100 micro-dollars a call, and remembers what it was asked. */
export function scripted(model: string, script: Script): Analyst & { readonly asked: Task[] } {
  const asked: Task[] = [];
  let failures = script.times ?? Number.POSITIVE_INFINITY;
  let drafts = 0;
  const answer = <T>(task: Task, value: T): Answer<T> => {
    asked.push(task);
    const call = { asked: model, answered: model, usage: undefined, cost: 100 as Usd, seconds: 1 };
    if (script.fails && failures-- > 0) return { ok: false, why: script.fails, detail: script.fails, fix: 'none', call };
    return { ok: true, value, call };
  };
  const probability = (script.probability ?? 0.5) as Probability;
  const draft = (): Draft => ({
    ...{ referenceClass: '', baseRate: 0.5 as Probability, evidenceFor: [], evidenceAgainst: [], keyUncertainty: '' },
    probability: (script.drafts?.[drafts++] ?? probability) as Probability,
  });
  return {
    model,
    asked,
    estimate: () => 150 as Usd,
    forecast: async (task) => answer(task, draft()),
    critique: async (task) =>
      answer(task, { misread: script.misread ?? [], rulesClear: script.rulesClear ?? true, notes: '', probability }),
    evidence: async (task) =>
      answer(
        task,
        (script.findings ?? []).map((date) => ({ source: 's', text: `News of ${date}.`, publishedOn: date, sentiment: 0.5 })),
      ),
    nameGap: async (task) => answer(task, { evidence: script.named, explanation: '' }),
    analyze: async (task) => answer(task, 'text'),
  };
}

export function ioWith(panel: Partial<Panel> & Pick<Panel, 'primary'>, change: Partial<ForecastingIo> = {}): ForecastingIo {
  let fences = 0;
  return {
    panel: { cheap: undefined, fallback: undefined, ...panel },
    records: memoryStore().records,
    caps: aiCaps(12_000_000 as Usd),
    settings: forecastingSettings(makeConfig({})),
    learned: undefined,
    digest: sha256,
    nonce: () => `n${fences++}`,
    fence: () => `fence${fences++}`,
    ...change,
  };
}

type Change = Partial<Omit<MarketView, 'bid' | 'ask'>> & { readonly bid?: number; readonly ask?: number };

/** A market at 50 cents that closes in two days. */
export function market({ bid = 4900, ask = 5100, ...change }: Change = {}): MarketView {
  return {
    ...{
      ticker: 'T-1',
      event: 'T',
      strategy: 'directional',
      stakes: 'routine',
      title: 'Will it rain?',
      category: 'Weather',
    },
    ...{ rulesPrimary: 'If the gauge reports more than 0.00 inches.', rulesHash: 'rules', closesAt: now + 48 * 3_600_000 },
    ...{ fee: { type: 'quadratic', multiplier: 10_000 }, bid: bid as Price, ask: ask as Price },
    ...change,
  };
}
