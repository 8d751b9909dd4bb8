import type { Millis, Probability } from '../money.ts';

/** Answers are asked for again when the rules change, the price leaves its bucket, or other models are asked. */
export function cacheKey(ticker: string, mid: Probability, priceBucket: number, rulesHash: string, panel: string): string {
  return [ticker, Math.floor(mid / priceBucket + 1e-9), rulesHash, panel].join('|');
}

/** How long an answer may be used: a tenth of the time left, within the setting. */
export function cacheUntil(now: Millis, closesAt: Millis, cacheFor: Millis): Millis {
  return now + Math.min(cacheFor, Math.max(0, (closesAt - now) / 10));
}
