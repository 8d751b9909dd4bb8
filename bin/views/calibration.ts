import { steadyChance } from '../../shared/domain/calibration/steady-chance.ts';
import type { SettledForecast } from '../../shared/domain/forecasting/forecast-record.ts';
import type { LearnedModel } from '../../shared/domain/forecasting/learn.ts';
import { WINDOW } from '../../shared/domain/forecasting/learn.ts';
import { ENOUGH } from '../../shared/domain/forecasting/paired-test.ts';
import type { Score, Slice } from '../../shared/domain/forecasting/score.ts';
import { score, slice, slices } from '../../shared/domain/forecasting/score.ts';
import { percent, plural } from '../../shared/domain/words/amounts.ts';
import { lastLearned, settledForecasts, unsettledTickers } from '../../shared/jobs/forecasting/learn-from-outcomes.ts';
import { linesText, tableText } from './table.ts';
import type { View, ViewIo } from './view.ts';
import { isoTime, orNull } from './view.ts';

interface Scored {
  readonly name: string;
  readonly learned: LearnedModel | undefined;
  readonly score: Score | undefined;
  readonly excluded: number;
}

interface Row {
  readonly key: string;
  readonly score: Score;
}

/** `pilot calibration`: whether forecasts come true, beside the market's price of the same moments, and what they weigh. */
export async function calibrationView({ store, now }: ViewIo): Promise<View> {
  const [learned, settled, open] = await Promise.all([
    lastLearned(store),
    settledForecasts(store, now - WINDOW),
    unsettledTickers(store, now),
  ]);
  const names = new Set([...Object.keys(learned?.models ?? {}), ...settled.map(({ forecast }) => forecast.model)]);
  const models = [...names].sort().map((name) => scored(name, learned?.models[name], settled));
  const bySlice = (Object.keys(slices) as Slice[]).map((by) => ({ by, rows: rowsOf(settled, by) }));
  return {
    json: {
      learnedAt: orNull(learned?.at, isoTime),
      unsettled: open.length,
      models: models.map(modelJson),
      slices: Object.fromEntries(bySlice.map(({ by, rows }) => [by, rows.map(({ key, score: own }) => ({ key, ...scoreJson(own) }))])),
    },
    text: linesText([
      ...headLines(models, open.length),
      ...models.flatMap(modelLines),
      ...bySlice.filter(({ by, rows }) => by !== 'model' && rows.length > 0).flatMap(({ by, rows }) => ['', ...sliceTable(by, rows)]),
    ]),
  };
}

function scored(name: string, learned: LearnedModel | undefined, settled: readonly SettledForecast[]): Scored {
  const own = settled.filter(({ forecast }) => forecast.model === name);
  return { name, learned, ...score(own, 'shadow', steadyChance()) };
}

function rowsOf(settled: readonly SettledForecast[], by: Slice): readonly Row[] {
  return slice(settled, by).flatMap(([key, own]) => {
    const { score: found } = score(own, 'shadow', steadyChance());
    return found ? [{ key, score: found }] : [];
  });
}

function modelJson({ name, learned, score: own, excluded }: Scored) {
  return {
    model: name,
    state: learned?.state ?? null,
    weight: learned?.weight ?? null,
    slope: learned?.calibration.overall.b ?? null,
    test: learned
      ? { events: learned.test.events, gain: learned.test.gain ?? null, lower: learned.test.lower ?? null, evidence: learned.test.evidence }
      : null,
    excluded,
    score: own ? { ...scoreJson(own), murphy: own.murphy, bins: own.bins } : null,
  };
}

function scoreJson({ events, brier, marketBrier, skill, logLoss, marketLogLoss, sharpness, calibrationError }: Score) {
  return { events, brier, marketBrier, skill: skill ?? null, logLoss, marketLogLoss, sharpness, calibrationError };
}

function headLines(models: readonly Scored[], open: number): readonly string[] {
  const waiting = `${plural(open, 'market')} with forecasts not ended yet`;
  if (models.length === 0) return [`Nothing to judge: no forecast has settled; ${waiting}.`];
  return [`Forecasts beside the market's price of the same moment; lower losses are better. ${waiting}.`];
}

const stateWords = { starting: 'too few events to judge', earned: 'earned', lost: 'lost: the price decides alone' } as const;

function modelLines({ name, learned, score: own, excluded }: Scored): readonly string[] {
  const weight = learned ? `weight ${learned.weight.toFixed(2)} (${stateWords[learned.state]})` : 'not learned yet: pilot run learn';
  const head = ['', `${name}: ${weight}`];
  if (!own) return [...head, `  nothing settled YES or NO${excluded > 0 ? `, ${excluded} void or scalar` : ''}`];
  const { events, brier, marketBrier, skill, logLoss, marketLogLoss, calibrationError: error } = own;
  const test = learned?.test;
  return [
    ...head,
    `  ${plural(events, 'event')}: Brier ${brier.toFixed(4)} against ${marketBrier.toFixed(4)} of the price, skill ${percent(skill, 'the price made no error')}`,
    `  log loss ${logLoss.toFixed(4)} against ${marketLogLoss.toFixed(4)}; calibration error ${percent(error.value)} (${percent(error.low)} to ${percent(error.high)})`,
    ...(test ? [`  evidence that it beats the price: ${test.evidence.toFixed(1)} of the ${ENOUGH} it takes`] : []),
    ...tableText(
      [{ title: 'said' }, { title: 'happened', right: true }, { title: 'forecasts', right: true }],
      own.bins.map(({ claimed, happened, count }) => [percent(claimed), percent(happened), String(count)]),
    ),
  ];
}

function sliceTable(by: Slice, rows: readonly Row[]): readonly string[] {
  const columns = [{ title: `by ${by}` }, ...['events', 'Brier', 'price', 'skill'].map((title) => ({ title, right: true as const }))];
  return tableText(
    columns,
    rows.map(({ key, score: { events, brier, marketBrier, skill } }) => [
      key,
      String(events),
      brier.toFixed(4),
      marketBrier.toFixed(4),
      percent(skill),
    ]),
  );
}
