/** Changes of the program that no test notices, and why that is right. */
export interface AcceptedMutants {
  readonly file: string;
  readonly reason: string;
  /** As `before → after`, as the mutation run prints them. */
  readonly mutants: readonly string[];
}

const UNKNOWN_COMPARES_FALSE = 'the guard is for the type: a comparison with what is unknown is false without it';

export const acceptedMutants: readonly AcceptedMutants[] = [
  {
    file: 'shared/domain/exits/exit-rules.ts',
    reason: UNKNOWN_COMPARES_FALSE,
    mutants: [
      'settings.portfolioStop !== undefined && drawdown !== undefined → settings.portfolioStop !== undefined || drawdown !== undefined',
      'settings.portfolioStop !== undefined && drawdown !== undefined → true',
      'settings.portfolioStop !== undefined → true',
      'drawdown !== undefined → true',
      'close !== undefined → true',
      'quote.ask !== undefined → true',
      'settings.stop !== undefined → true',
      'settings.recovery !== undefined → true',
      'settings.takeProfit !== undefined → true',
      'timeShare !== undefined && close !== undefined → true',
      'timeShare !== undefined && close !== undefined → timeShare !== undefined || close !== undefined',
      'timeShare !== undefined → true',
    ],
  },
  {
    file: 'shared/domain/risk/trips.ts',
    reason: UNKNOWN_COMPARES_FALSE,
    mutants: [
      'drawdown !== undefined → true',
      'dayPnl !== undefined → true',
      'dataAgeSeconds !== undefined → true',
      'skewSeconds !== undefined → true',
    ],
  },
  {
    file: 'shared/domain/order-machine.ts',
    reason: UNKNOWN_COMPARES_FALSE,
    mutants: ['record.lastMissAt !== undefined → true'],
  },
  {
    file: 'shared/domain/fees.ts',
    reason: 'a product with nothing is nothing: the way out only saves the large integers',
    mutants: [
      'rate === 0 || terms.multiplier === 0 → false',
      'rate === 0 || terms.multiplier === 0 → rate === 0 && terms.multiplier === 0',
      'rate === 0 → false',
      'terms.multiplier === 0 → false',
    ],
  },
  {
    file: 'shared/domain/fees.ts',
    reason:
      'the same result: exactly one step is due nothing either way, the step is 1, NaN is no multiplier, and no multiplier lies on 1e-9',
    mutants: [
      'total > step → total >= step',
      '1_000_000_000_000n * BigInt(rule.tradeFeeStep) → 1_000_000_000_000n / BigInt(rule.tradeFeeStep)',
      'multiplier === undefined → false',
      'Math.abs(scaled / 10_000 - multiplier) < 1e-9 → Math.abs(scaled / 10_000 - multiplier) <= 1e-9',
    ],
  },
  {
    file: 'shared/domain/money.ts',
    reason: 'the default of a group that always matches, for the type',
    mutants: ['\'\' → "Stryker was here!"'],
  },
  {
    file: 'shared/domain/sizing/kelly.ts',
    reason: 'a bet exactly worth its cost gets a share of nothing whether it is taken or not',
    mutants: ['bet.win > bet.cost → bet.win >= bet.cost', 'bet.win / bet.cost <= reserve → bet.win / bet.cost < reserve'],
  },
  {
    file: 'shared/domain/sizing/rooms.ts',
    reason: 'no map has cash for an unknown shard: asked or not, the answer is unknown',
    mutants: ['market.shard === undefined → false'],
  },
  {
    file: 'shared/domain/risk/make-book-view.ts',
    reason: 'no column has a row for an unknown one: its status is not active',
    mutants: ['row === undefined → false', 'row !== undefined → true'],
  },
  {
    file: 'shared/domain/risk/protections.ts',
    reason: 'trades before the reach make only locks that are over, and a lock without an end is none: both are left out at the end',
    mutants: [
      'trades.filter(({ closedAt }) => now - closedAt <= reach) → trades',
      'now - closedAt <= reach → true',
      'now - closedAt <= reach → now - closedAt < reach',
      '[] → ["Stryker was here"]',
    ],
  },
  {
    file: 'shared/domain/risk/market-checks.ts',
    reason: 'no list names an unknown category: the guard is for the type',
    mutants: ['order.category !== undefined → true'],
  },
  {
    file: 'shared/domain/risk/fee-divergence.ts',
    reason: 'a fill without a prediction counts with its own fee, so it adds nothing; a group has at least one fill',
    mutants: ['feePredicted !== undefined → true', 'parts[0]?.ticker → parts[0].ticker'],
  },
  {
    file: 'shared/domain/sizing/size.ts',
    reason: 'the smallest cap is always one of them; nothing costs nothing, which no room is too small for',
    mutants: [
      'limits.find(([, limit]) => limit === allowed)?.[0] → limits.find(([, limit]) => limit === allowed)[0]',
      'count <= 0 → false',
      'count <= 0 → count < 0',
    ],
  },
  {
    file: 'shared/domain/intents.ts',
    reason: 'a fee asks whether it is a buy: any other word is a sale',
    mutants: ['\'sell\' → ""'],
  },
  {
    file: 'shared/domain/intents.ts',
    reason: 'a row of a board has an event and a series: what stands for none is for the type',
    mutants: ['\'\' → "Stryker was here!"'],
  },
  {
    file: 'shared/domain/ledger.ts',
    reason: 'who sells first is asked only of ours: any other word means by hand',
    mutants: ['\'by hand\' → ""'],
  },
  {
    file: 'shared/domain/position.ts',
    reason: 'no part is kept empty, so one that is empty now was taken from; both of two are there or neither; the whole divides exactly',
    mutants: ['taken > 0 → true', 'taken > 0 → taken >= 0', 'ours && fromOurs → ours || fromOurs', 'part === whole → false'],
  },
  {
    file: 'shared/domain/tax-lots.ts',
    reason:
      'the same without the short cut: nothing taken closes nothing, kept lots are never empty, the whole of an amount divides exactly',
    mutants: [
      'closing === 0 → false',
      '!lots || side === undefined → !lots && side === undefined',
      'side === undefined → false',
      'count === whole → false',
    ],
  },
];
