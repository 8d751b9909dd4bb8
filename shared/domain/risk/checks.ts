import { marketChecks } from './market-checks.ts';
import { moneyChecks } from './money-checks.ts';

/** Every check the gate asks, in the order it reports them. */
export const checks = { ...moneyChecks, ...marketChecks };

export type CheckName = keyof typeof checks;
