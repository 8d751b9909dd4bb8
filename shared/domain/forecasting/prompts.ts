import type { Millis } from '../money.ts';
import type { Fence } from '../safety/quote-data.ts';
import { fenceRule, quoteData } from '../safety/quote-data.ts';
import type { Draft, Question } from './question.ts';

/** What is sent to a model: instructions of ours, then data of others. */
export interface Prompt {
  readonly instructions: string;
  readonly input: string;
}

/** Longest quotes, in characters. Rules are the question itself, so they get the most room. */
const caps = { title: 300, rules: 6_000, source: 300, evidence: 700, note: 400 };

const forecaster = `You estimate the probability that a question resolves YES under its exact rules.
Work in this order: name the reference class and its base rate; list evidence for and against, by number where evidence is given; name the key uncertainty; then give the probability.
Be calibrated: over many answers of 0.8, eight in ten should happen. Without evidence stay near the base rate. You are not told any market's opinion; do not guess at it.`;

/** Asks for one blind forecast. */
export function forecastPrompt(question: Question, fence: Fence): Prompt {
  return { instructions: forecaster, input: questionText(question, fence) };
}

const critic = `You check drafts of forecasts against the exact rules of a question.
Find drafts that misread the rules: a wrong date, threshold, source, side, or condition. Report them by number. Say whether the rules are clear enough to forecast at all. Then give your own probability that the question resolves YES. You are not told any market's opinion; do not guess at it.`;

/** Asks the critic: rules and drafts, no price. */
export function critiquePrompt(question: Question, drafts: readonly Draft[], fence: Fence): Prompt {
  const list = drafts.map((draft, index) => quoteData(fence, `draft ${index}`, draftText(draft), 4 * caps.note));
  return { instructions: critic, input: [questionText(question, fence), ...list].join('\n\n') };
}

const researcher = `You look for dated news that bears on how a question resolves. Report only what a source says, each with its address and the date it was published (YYYY-MM-DD), in one or two sentences of your own, and a sentiment from -1 (speaks for NO) to 1 (speaks for YES). Leave out what has no date. Prefer official sources. Report nothing rather than something doubtful.`;

/** Asks for evidence, by search where the model can search. */
export function evidencePrompt(question: Question, maxItems: number, fence: Fence): Prompt {
  return { instructions: researcher, input: `${questionText(question, fence)}\n\nReport at most ${maxItems} pieces of news.` };
}

const explainer = `A forecast differs widely from what many informed people believe. Most often the forecast is wrong. Name the one numbered piece of dated evidence that they may not have taken into account yet and that would justify the difference. If there is none, say so by leaving the number out (null).`;

/** Asks which dated fact the others lack. Tells the direction of the gap, never the price. */
export function gapPrompt(question: Question, ours: 'higher' | 'lower', fence: Fence): Prompt {
  const gap = `The forecast in doubt is much ${ours} than what the others believe.`;
  return { instructions: explainer, input: `${questionText(question, fence)}\n\n${gap}` };
}

function questionText(question: Question, fence: Fence): string {
  const { title, rulesPrimary, rulesSecondary, resolutionSource, category, evidence, scheduled } = question;
  const parts = [
    fenceRule(fence),
    `It is now ${isoMinute(question.asOf)}.`,
    quoteData(fence, 'question', title, caps.title),
    quoteData(fence, 'rules', [rulesPrimary, rulesSecondary].filter(Boolean).join('\n'), caps.rules),
    resolutionSource && quoteData(fence, 'resolution source', resolutionSource, caps.source),
    category && quoteData(fence, 'category', category, caps.source),
    `The market closes ${isoMinute(question.closesAt)}.`,
    question.expectedExpiration && `It is expected to resolve ${isoMinute(question.expectedExpiration)}.`,
    question.baseRate && `Of settled questions of this category, ${Math.round(question.baseRate * 100)} % resolved YES.`,
    ...scheduled.map((event) => quoteData(fence, `scheduled for ${isoMinute(event.at)}`, event.title, caps.title)),
    ...evidence.map((item, index) =>
      quoteData(fence, `evidence ${index}, published ${isoMinute(item.publishedAt)}`, `${item.text}\n${item.source}`, caps.evidence),
    ),
  ];
  return parts.filter(Boolean).join('\n\n');
}

function draftText(draft: Draft): string {
  return [
    `Reference class: ${draft.referenceClass}; base rate ${draft.baseRate}`,
    `For: ${draft.evidenceFor.join('; ')}`,
    `Against: ${draft.evidenceAgainst.join('; ')}`,
    `Key uncertainty: ${draft.keyUncertainty}`,
    `Probability: ${draft.probability}`,
  ].join('\n');
}

function isoMinute(at: Millis): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`;
}
