import type { Millis } from '../../../shared/domain/money.ts';
import type { LifecycleWord } from '../matching/happening.ts';
import type { World } from '../world/world.ts';

export interface Turn {
  readonly ticker: string;
  readonly word: LifecycleWord;
  readonly at: Millis;
}

/** What became of all markets after `from` up to `to`, in time order. Opening and closing on schedule are not told. */
export function lifecycleTurns(world: World, from: Millis, to: Millis): readonly Turn[] {
  const turns: Turn[] = [];
  for (const [, event] of world.events({ createdTo: to, settledFrom: from })) {
    for (const market of event.markets) {
      const { ticker, createdAt, pause, endsAt, closeAt, determinedAt, dispute, settledAt } = market;
      const edges: readonly (readonly [LifecycleWord, Millis | undefined])[] = [
        ['created', createdAt],
        ['deactivated', pause?.from],
        ['activated', pause?.to],
        ['close_date_updated', endsAt < closeAt ? endsAt : undefined],
        ['determined', determinedAt],
        ['determined', dispute?.amendedAt],
        ['settled', settledAt],
      ];
      for (const [word, at] of edges) if (at !== undefined && at > from && at <= to) turns.push({ ticker, word, at });
    }
  }
  return turns.toSorted((a, b) => a.at - b.at);
}
