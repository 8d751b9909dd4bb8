import type { ModelPrice } from '../../domain/ai-budget.ts';
import { costOf, estimateCost, simulatedName } from '../../domain/ai-budget.ts';
import { analysisPrompt } from '../../domain/analysis/analysis-prompt.ts';
import type { Prompt } from '../../domain/forecasting/prompts.ts';
import { critiquePrompt, evidencePrompt, forecastPrompt, gapPrompt } from '../../domain/forecasting/prompts.ts';
import type { Usd } from '../../domain/money.ts';
import { sanitise } from '../../domain/safety/sanitise.ts';
import type { Analyst, Answer, Call, NoAnswerReason, Task } from '../../ports/analyst.ts';
import type { AnswerShape, Read } from './answers.ts';
import { critiqueShape, draftShape, findingsShape, gapShape, readAnswer } from './answers.ts';
import type { ConnectionOptions, Request, Send } from './connection.ts';
import { connect } from './connection.ts';
import { failureOf } from './failure.ts';
import type { Reply } from './reply.ts';

/** A model of xAI, or of any compatible provider. */
export interface XaiOptions extends ConnectionOptions {
  /** Set where the provider is a simulation on this machine: its models then say so in their names. */
  readonly simulated?: true;
  /** Undefined when the price is not known: estimates are then undefined, and nobody may ask. */
  readonly price: ModelPrice | undefined;
  /** Searches one evidence call may make; 0 where the provider cannot search. */
  readonly maxSearches: number;
  /** Milliseconds, to time calls. */
  readonly now: () => number;
}

const SCHEMA_CHARACTERS = 1_500;
/** Longest text that is read of an analysis. */
const MAX_ANALYSIS = 8_000;

/** An analyst over the Responses API or Chat Completions. */
export function xaiAnalyst(options: XaiOptions): Analyst {
  const ask = asking(options, connect(options));
  const search = (asOf: number) => ({ maxCalls: options.maxSearches, toDate: new Date(asOf).toISOString().slice(0, 10) });
  return {
    model: nameOf(options, options.model),
    estimate: (task) => estimateTask(task, options),
    forecast: (task) => ask(task, structured(draftShape)),
    critique: (task) => ask(task, structured(critiqueShape(task.drafts.length))),
    nameGap: (task) => ask(task, structured(gapShape(task.question.evidence.length))),
    analyze: (task) => ask(task, { request: {}, read: readText }),
    evidence: (task) => {
      if (options.maxSearches === 0 || options.protocol === 'chat') return Promise.resolve(cannotSearch(nameOf(options, options.model)));
      const { request, read } = structured(findingsShape);
      return ask(task, { request: { ...request, search: search(task.question.asOf) }, read });
    },
  };
}

/** The prompt of a task, with what was wrong with the last answer. */
function promptOf(task: Task): Prompt {
  const prompt = plainPrompt(task);
  if (task.repair === undefined) return prompt;
  return {
    ...prompt,
    input: `${prompt.input}\n\nYour last answer could not be used: ${task.repair}. Answer again in the exact shape asked for.`,
  };
}

function plainPrompt(task: Task): Prompt {
  switch (task.kind) {
    case 'forecast':
      return forecastPrompt(task.question, task.fence);
    case 'critique':
      return critiquePrompt(task.question, task.drafts, task.fence);
    case 'evidence':
      return evidencePrompt(task.question, task.maxItems, task.fence);
    case 'gap':
      return gapPrompt(task.question, task.ours, task.fence);
    case 'analysis':
      return analysisPrompt(task.request, task.fence);
  }
}

function estimateTask(task: Task, { price, maxOutputTokens, maxSearches }: XaiOptions): Usd | undefined {
  const { instructions, input } = promptOf(task);
  const promptCharacters = instructions.length + input.length + SCHEMA_CHARACTERS;
  const maxToolCalls = task.kind === 'evidence' ? maxSearches : 0;
  return price && estimateCost({ promptCharacters, maxOutputTokens, maxToolCalls }, price);
}

interface Asking<Value> {
  readonly request: Omit<Request, 'prompt'>;
  read(text: string): Read<Value>;
}

function structured<Wire, Value>(shape: AnswerShape<Wire, Value>): Asking<Value> {
  return { request: { format: { name: shape.name, wire: shape.wire } }, read: (text) => readAnswer(shape, text) };
}

function readText(text: string): Read<string> {
  return { ok: true, value: sanitise(text, MAX_ANALYSIS) };
}

/** One request, its reply read, bounded and priced. Whatever is thrown on the way becomes an answer that is none. */
function asking(options: XaiOptions, send: Send) {
  return async <Value>(task: Task, { request, read }: Asking<Value>): Promise<Answer<Value>> => {
    const started = options.now();
    const seconds = () => (options.now() - started) / 1000;
    try {
      const reply = await send({ prompt: promptOf(task), ...request });
      const call = callOf(options, reply, seconds());
      return reply ? answerOf(reply, call, read) : noAnswer('wrong-shape', 'the reply is not one of this API', call);
    } catch (error) {
      const { why, detail, fix, cost } = await failureOf(error, options.apiKey);
      return {
        ok: false,
        why,
        detail,
        fix,
        call: { asked: nameOf(options, options.model), answered: undefined, usage: undefined, cost, seconds: seconds() },
      };
    }
  };
}

function answerOf<Value>(reply: Reply, call: Call, read: (text: string) => Read<Value>): Answer<Value> {
  if (reply.ending === 'failed') return noAnswer('server-error', reply.detail, call);
  if (reply.ending !== 'complete') return noAnswer(reply.ending, reply.detail, call);
  if (reply.text === undefined) return noAnswer('empty', 'the reply has no text', call);
  const answer = read(reply.text);
  return answer.ok ? { ...answer, call } : noAnswer(answer.why, answer.detail, call);
}

function callOf(options: XaiOptions, reply: Reply | undefined, seconds: number): Call {
  const { model, price } = options;
  const cost = reply?.charged ?? (reply?.usage && price ? costOf(reply.usage, price) : undefined);
  const answered = reply?.model === undefined ? undefined : nameOf(options, reply.model);
  return { asked: nameOf(options, model), answered, usage: reply?.usage, cost, seconds };
}

function nameOf({ simulated }: XaiOptions, model: string): string {
  return simulated ? simulatedName(model) : model;
}

const fixes = {
  'bad-json': 'ask again; if it stays, choose a model with structured outputs',
  'wrong-shape': 'ask again; if it stays, choose a model with structured outputs',
  'out-of-range': 'ask again; the model does not keep to probabilities',
  'cut-off': 'raise the output tokens a call may use, or lower the effort',
  refusal: 'none: the model will not answer this question',
  empty: 'ask again',
  'server-error': 'wait: the next model is asked meanwhile',
} as const satisfies Partial<Record<NoAnswerReason, string>>;

function noAnswer(why: keyof typeof fixes, detail: string, call: Call) {
  return { ok: false, why, detail, fix: fixes[why], call } as const;
}

function cannotSearch(model: string) {
  const call: Call = { asked: model, answered: undefined, usage: undefined, cost: 0 as Usd, seconds: 0 };
  return {
    ok: false,
    why: 'no-basis',
    detail: 'this provider cannot search',
    fix: 'take evidence from xAI, or switch it off',
    call,
  } as const;
}
