import { aiCaps, isSimulated } from '../../shared/domain/ai-budget.ts';
import { etDay } from '../../shared/domain/et-day.ts';
import type { AbstentionRecord, ForecastRecord, SettledForecast } from '../../shared/domain/forecasting/forecast-record.ts';
import type { Millis } from '../../shared/domain/money.ts';
import { usdText } from '../../shared/domain/money.ts';
import { directional } from '../../shared/domain/strategies/directional.ts';
import { dollars, percent, plural, timeText } from '../../shared/domain/words/amounts.ts';
import { clip, plain } from '../../shared/domain/words/plain-text.ts';
import type { AiCallRecord, Spending } from '../../shared/jobs/ai-budget.ts';
import { CALLS, spending } from '../../shared/jobs/ai-budget.ts';
import { ABSTENTIONS, FORECASTS } from '../../shared/jobs/forecasting/forecast-market.ts';
import { lastSettled } from '../../shared/jobs/forecasting/learn-from-outcomes.ts';
import { usd } from '../../shared/system/config/domain-settings.ts';
import { linesText } from './table.ts';
import type { View, ViewIo } from './view.ts';
import { isoTime } from './view.ts';

type Decision =
  | { readonly kind: 'forecast'; readonly at: Millis; readonly forecast: ForecastRecord; readonly settled: SettledForecast | undefined }
  | { readonly kind: 'abstention'; readonly at: Millis; readonly abstention: AbstentionRecord };

const CALLS_A_DAY = 5_000;

/** `pilot ai`: what models cost, what is left, and what was decided: forecast beside market, or why there is none. */
export async function aiView(io: ViewIo, limit: number): Promise<View> {
  const { store, now, config, zone } = io;
  const caps = aiCaps(usd(config.ai.dailyBudget));
  const [calls, decisions] = await Promise.all([callsToday(io), readDecisions(io, limit)]);
  const model = calls[0]?.model ?? config.ai.model;
  const simulated = isSimulated(model);
  const { budgets, state } = await spending(
    { records: store.records, caps },
    { ticker: undefined, strategy: directional.name, model },
    now,
  );
  return {
    json: {
      state,
      simulated,
      budgets: budgets.map(({ name, spent, cap }) => ({ name, spent: usdText(spent), cap: usdText(cap) })),
      callsToday: calls.length,
      unanswered: calls.filter(({ outcome }) => outcome !== null && outcome !== 'answered').length,
      decisions: decisions.map(decisionJson),
    },
    text: linesText([
      `${stateWords[state]} ${plural(calls.length, 'call')} today.`,
      ...(simulated ? ['Models are simulated on this machine: answers are invented, and so are these dollars.'] : []),
      ...budgets.map(budgetLine),
      '',
      ...(decisions.length === 0 ? ['  Nothing was decided yet.'] : decisions.map((decision) => decisionLine(decision, zone))),
    ]),
  };
}

const stateWords = {
  open: 'Models are asked.',
  saving: 'Only the cheap model is asked: most of the budget is spent.',
  stopped: 'No model is asked: the budget is spent.',
} as const;

async function callsToday({ store, now }: ViewIo): Promise<readonly AiCallRecord[]> {
  const from = new Date(now - 24 * 3_600_000).toISOString();
  const found = await store.records.list(CALLS, { from, newestFirst: true, limit: CALLS_A_DAY });
  return found.map(({ body }) => body as AiCallRecord).filter(({ at }) => etDay(at) === etDay(now));
}

/** Read for each decision that is told, as a forecast in force is renewed with every scan; and the most that is read. */
const RENEWALS = 20;
const MOST_READ = 2_000;

/** Newest first. Of the renewals of a forecast only the newest is told. */
async function readDecisions({ store }: ViewIo, limit: number): Promise<readonly Decision[]> {
  const newest = { newestFirst: true, limit: Math.min(limit * RENEWALS, MOST_READ) };
  const [open, declined, settled] = await Promise.all([
    store.records.list(FORECASTS, newest),
    store.records.list(ABSTENTIONS, newest),
    lastSettled(store, limit),
  ]);
  const made = [
    ...open.map(({ body }) => ({ forecast: body as ForecastRecord, settled: undefined })),
    ...settled.map((one) => ({ forecast: one.forecast, settled: one })),
  ];
  const all: Decision[] = [
    ...made.map((one) => ({ kind: 'forecast' as const, at: one.forecast.at, ...one })),
    ...declined.map(({ body }) => ({
      kind: 'abstention' as const,
      at: (body as AbstentionRecord).at,
      abstention: body as AbstentionRecord,
    })),
  ];
  return withoutRenewals(all.toSorted((a, b) => b.at - a.at)).slice(0, limit);
}

function withoutRenewals(newestFirst: readonly Decision[]): readonly Decision[] {
  const told = new Set<string>();
  return newestFirst.filter((decision) => {
    const { ticker, cached } = decision.kind === 'forecast' ? decision.forecast : { ...decision.abstention, cached: false };
    const again = cached && told.has(ticker);
    told.add(ticker);
    return !again;
  });
}

function decisionJson(decision: Decision) {
  if (decision.kind === 'abstention') {
    const { ticker, at, why, detail, mid, cost, unasked } = decision.abstention;
    const spell = unasked && { markets: unasked.markets, since: isoTime(unasked.since) };
    return { kind: decision.kind, at: isoTime(at), ticker, why, detail, market: mid ?? null, cost: usdText(cost), unasked: spell ?? null };
  }
  const { forecast, settled } = decision;
  const {
    ticker,
    at,
    model,
    raw,
    calibrated,
    blended,
    standardError,
    mid,
    weight,
    drafts,
    critic,
    gap,
    paperOnly,
    cached,
    evidence,
    cost,
  } = forecast;
  return {
    ...{
      kind: decision.kind,
      at: isoTime(at),
      ticker,
      model,
      forecast: calibrated,
      market: mid,
      blended,
      standardError,
      weight,
      raw,
      drafts,
    },
    ...{ critic: critic ?? null, gap: gap ?? null, paperOnly, cached, evidence, cost: usdText(cost), outcome: outcomeOf(settled) },
  };
}

function outcomeOf(settled: SettledForecast | undefined): 'yes' | 'no' | 'void' | null {
  if (!settled) return null;
  return settled.yes === undefined ? 'void' : settled.yes ? 'yes' : 'no';
}

function budgetLine({ name, spent, cap }: Spending): string {
  return `  ${name.padEnd(10)} ${dollars(spent)} of ${dollars(cap)}${cap > 0 ? ` (${percent(spent / cap)})` : ''}`;
}

function decisionLine(decision: Decision, zone: string): string {
  const when = timeText(decision.at, zone);
  if (decision.kind === 'abstention') {
    const { ticker, why, detail, unasked } = decision.abstention;
    if (unasked)
      return `  ${when}  ${plural(unasked.markets, 'market')} not asked about since ${timeText(unasked.since, zone)}: ${clip(plain(detail), 120)}`;
    return `  ${when}  ${plain(ticker)}  no forecast: ${why}, ${clip(plain(detail), 120)}`;
  }
  const { ticker, model, calibrated, mid, blended, weight, cost, cached, paperOnly } = decision.forecast;
  const ended = outcomeOf(decision.settled);
  const said = `says ${percent(calibrated)}, market ${percent(mid)}, together ${percent(blended)} (weight ${weight.toFixed(2)})`;
  return `  ${when}  ${plain(ticker)}  ${model} ${said}, ${cached ? 'from an earlier answer' : dollars(cost)}${paperOnly ? ', paper only' : ''}${ended === null ? '' : `, ended ${ended.toUpperCase()}`}`;
}
