import { describe, expect, it } from 'vitest';
import { broken, type Protocol, type State, settledRightly, start, stepsFrom } from './order-protocol-model.ts';

const protocol: Protocol = { writesSent: true, neverResends: true, waitsBeforeMisses: true, idsFreeAfterFill: false };

/** Every state within reach, and what is wrong with them. Bounds: two workers, one restart each, any loss, any delay. */
function explore(rules: Protocol): { readonly states: number; readonly faults: ReadonlySet<string> } {
  const seen = new Set([JSON.stringify(start)]);
  const waiting: State[] = [start];
  const faults = new Set<string>();
  for (let state = waiting.pop(); state; state = waiting.pop()) {
    const fault = broken(state);
    if (fault !== undefined) faults.add(fault);
    const next = stepsFrom(state, rules);
    if (next.length === 0 && !settledRightly(state)) faults.add(`ends as ${state.record?.state} with ${state.accepted} orders`);
    for (const found of next) {
      const key = JSON.stringify(found);
      if (seen.has(key)) continue;
      seen.add(key);
      waiting.push(found);
    }
  }
  return { states: seen.size, faults };
}

describe('the protocol of one decision, in every order of every step', () => {
  it.each([false, true])('never makes two orders and always ends knowing (client ids free after a fill: %s)', (idsFreeAfterFill) => {
    const { states, faults } = explore({ ...protocol, idsFreeAfterFill });
    console.log(`model: ${states} states, client ids ${idsFreeAfterFill ? 'free after a fill' : 'never free again'}`);
    expect([...faults]).toEqual([]);
    expect(states).toBeGreaterThan(1_000);
  });

  it('would place twice if an unknown order were sent again', () => {
    const { faults } = explore({ ...protocol, neverResends: false, idsFreeAfterFill: true });
    expect(faults).toContain('two orders for one decision');
  });

  it('would give up an order that arrives, if it did not wait before counting misses', () => {
    const { faults } = explore({ ...protocol, waitsBeforeMisses: false });
    expect([...faults].join()).toContain('yet the exchange has it');
  });

  it('would give up an order that was sent, if it did not write that before the socket', () => {
    const { faults } = explore({ ...protocol, writesSent: false });
    expect([...faults].join()).toMatch(/yet|ends as/);
  });
});
