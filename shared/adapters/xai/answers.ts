import * as z from 'zod/mini';
import type { Critique, Draft, Finding, NamedGap } from '../../domain/forecasting/question.ts';
import { claimed } from '../../domain/forecasting/question.ts';
import { sanitise } from '../../domain/safety/sanitise.ts';

/** An answer's shape twice: plain on the wire, as every provider understands it, and strict for ourselves. */
export interface AnswerShape<Wire, Value> {
  readonly name: string;
  /** Types and required fields only: ranges are not everybody's, and a model that breaks one must be heard, then refused. */
  readonly wire: z.ZodMiniType<Wire>;
  /** Undefined when the answer has the right shape and impossible values. */
  read(wire: Wire): Value | undefined;
}

const strings = z.array(z.string());

export const draftShape = shape(
  'forecast',
  z.strictObject({
    reference_class: z.string(),
    base_rate: z.number(),
    evidence_for: strings,
    evidence_against: strings,
    key_uncertainty: z.string(),
    probability: z.number(),
  }),
  (wire): Draft | undefined => {
    const probability = claimed(wire.probability);
    const baseRate = claimed(wire.base_rate);
    if (probability === undefined || baseRate === undefined) return undefined;
    return {
      probability,
      baseRate,
      referenceClass: note(wire.reference_class),
      keyUncertainty: note(wire.key_uncertainty),
      evidenceFor: wire.evidence_for.slice(0, 8).map(note),
      evidenceAgainst: wire.evidence_against.slice(0, 8).map(note),
    };
  },
);

/** The critic of so many drafts: it may only point at drafts that exist. */
export function critiqueShape(drafts: number) {
  return shape(
    'critique',
    z.strictObject({ misread: z.array(z.number()), rules_clear: z.boolean(), notes: z.string(), probability: z.number() }),
    (wire): Critique | undefined => {
      const probability = claimed(wire.probability);
      const misread = [...new Set(wire.misread)];
      if (probability === undefined || misread.some((index) => !Number.isInteger(index) || index < 0 || index >= drafts)) return undefined;
      return { probability, misread, rulesClear: wire.rules_clear, notes: note(wire.notes) };
    },
  );
}

export const findingsShape = shape(
  'evidence',
  z.strictObject({
    findings: z.array(z.strictObject({ source: z.string(), text: z.string(), published_on: z.string(), sentiment: z.number() })),
  }),
  (wire): readonly Finding[] | undefined => {
    if (wire.findings.some(({ sentiment }) => !(Math.abs(sentiment) <= 1))) return undefined;
    return wire.findings.map(({ source, text, published_on: publishedOn, sentiment }) => ({ source, text, publishedOn, sentiment }));
  },
);

/** The fact that explains a gap, by number of the evidence. */
export function gapShape(evidence: number) {
  return shape(
    'gap',
    z.strictObject({ evidence: z.union([z.number(), z.null()]), explanation: z.string() }),
    (wire): NamedGap | undefined => {
      const index = wire.evidence ?? undefined;
      if (index !== undefined && !(Number.isInteger(index) && index >= 0 && index < evidence)) return undefined;
      return { evidence: index, explanation: note(wire.explanation) };
    },
  );
}

export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly why: 'bad-json' | 'wrong-shape' | 'out-of-range'; readonly detail: string };

/** A model's text as an answer, or what is wrong with it. Never throws, whatever the text. */
export function readAnswer<Wire, Value>({ wire, read }: AnswerShape<Wire, Value>, text: string): Read<Value> {
  const json = parseJson(text);
  if (json === undefined) return { ok: false, why: 'bad-json', detail: 'the answer is not JSON' };
  const parsed = wire.safeParse(json.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, why: 'wrong-shape', detail: sanitise(`${issue?.path.join('.')}: ${issue?.message}`, 200) };
  }
  const value = read(parsed.data);
  return value === undefined ? { ok: false, why: 'out-of-range', detail: 'a number is outside its range' } : { ok: true, value };
}

function shape<Wire, Value>(name: string, wire: z.ZodMiniType<Wire>, read: (wire: Wire) => Value | undefined): AnswerShape<Wire, Value> {
  return { name, wire, read };
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function note(text: string): string {
  return sanitise(text, 400);
}
