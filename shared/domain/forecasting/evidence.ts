import type { Millis } from '../money.ts';
import { sanitise } from '../safety/sanitise.ts';
import type { Evidence, Finding } from './question.ts';

const DAY = 86_400_000;

export interface EvidenceLimits {
  readonly maxItems: number;
  readonly maxChars: number;
  /** Older news is in the price and in the model already. */
  readonly maxAge: Millis;
}

export interface Admitted {
  readonly evidence: readonly Evidence[];
  readonly refused: readonly { readonly source: string; readonly why: string }[];
}

/**
 * Findings made fit to be believed: clean, dated, not from the future of `asOf`, not too old, once each. A day without
 * a time counts from its end, so that today's news cannot leak into a forecast of this morning in a replay.
 */
export function admitEvidence(
  findings: readonly Finding[],
  fetchedAt: Millis,
  asOf: Millis,
  limits: EvidenceLimits,
  hash: (text: string) => string,
): Admitted {
  const evidence = new Map<string, Evidence>();
  const refused: { source: string; why: string }[] = [];
  for (const finding of findings) {
    const source = sanitise(finding.source, 300);
    const text = sanitise(finding.text, limits.maxChars);
    const publishedAt = publication(finding.publishedOn, fetchedAt, asOf);
    const why = refusal(text, publishedAt, asOf, limits);
    const key = hash(`${source}\n${text}`);
    if (why !== undefined || publishedAt === undefined) refused.push({ source, why: why ?? 'it has no date' });
    else if (evidence.size >= limits.maxItems) refused.push({ source, why: `more than ${limits.maxItems} pieces` });
    else evidence.set(key, { hash: key, source, text, publishedAt, fetchedAt, sentiment: bounded(finding.sentiment) });
  }
  return { evidence: [...evidence.values()], refused };
}

/** Mean sentiment in −1..1; undefined without evidence. */
export function sentimentOf(evidence: readonly Evidence[]): number | undefined {
  if (evidence.length === 0) return undefined;
  return evidence.reduce((sum, { sentiment }) => sum + sentiment, 0) / evidence.length;
}

/** When the news was out. What was fetched live today was out when it was fetched; in a replay only the day's end is safe. */
function publication(text: string, fetchedAt: Millis, asOf: Millis): Millis | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(T[\d:.]+Z?)?$/.exec(text.trim());
  if (!match) return undefined;
  const instant = Date.parse(match[2] ? text.trim() : `${match[1]}T23:59:59.999Z`);
  if (Number.isNaN(instant)) return undefined;
  const live = fetchedAt <= asOf;
  return live && !match[2] && instant - fetchedAt < DAY ? Math.min(instant, fetchedAt) : instant;
}

function refusal(text: string, publishedAt: Millis | undefined, asOf: Millis, { maxAge }: EvidenceLimits): string | undefined {
  if (text === '') return 'it says nothing';
  if (publishedAt === undefined) return 'it has no date';
  if (publishedAt > asOf) return 'it is dated after the decision';
  if (asOf - publishedAt > maxAge) return `it is older than ${Math.round(maxAge / DAY)} days`;
  return undefined;
}

function bounded(sentiment: number): number {
  return Number.isFinite(sentiment) ? Math.min(1, Math.max(-1, sentiment)) : 0;
}
