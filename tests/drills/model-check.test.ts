import { describe, expect, it } from 'vitest';
import { broken, intent, type Protocol, type State, type Step, settledRightly, start, stepsFrom } from './order-protocol-model.ts';
import { ProtocolRun, seen } from './protocol-run.ts';

const protocol: Protocol = {
  writesSent: true,
  neverResends: true,
  waitsBeforeMisses: true,
  writesRepeg: true,
  waitsBeforePrice: true,
  idsFreeAfterFill: false,
};

interface Reached {
  readonly state: State;
  /** The step that led here first, and from where. */
  readonly by?: { readonly name: string; readonly from: string };
}

/** Every state within reach, the nearest first, and what is wrong with them. Bounds: two workers, one restart each, one re-peg, any loss, any delay. */
function explore(rules: Protocol, from = start) {
  const reached = new Map<string, Reached>([[JSON.stringify(from), { state: from }]]);
  const faults = new Set<string>();
  for (const [key, { state }] of reached) {
    const fault = broken(state);
    if (fault !== undefined) faults.add(fault);
    const steps = stepsFrom(state, rules);
    if (steps.every(({ to }) => JSON.stringify(to) === key) && !settledRightly(state))
      faults.add(`ends as ${state.record?.state} with ${state.exchange.accepted} orders`);
    for (const { name, to } of steps) {
      const next = JSON.stringify(to);
      if (!reached.has(next)) reached.set(next, { state: to, by: { name, from: key } });
    }
  }
  return { reached, faults };
}

describe('the protocol of one decision, in every order of every step', () => {
  it.each([false, true])('never makes two orders and always ends knowing (client ids free after a fill: %s)', (idsFreeAfterFill) => {
    const { reached, faults } = explore({ ...protocol, idsFreeAfterFill });
    console.log(`model: ${reached.size} states, client ids ${idsFreeAfterFill ? 'free after a fill' : 'never free again'}`);
    expect([...faults]).toEqual([]);
    expect(reached.size).toBeGreaterThan(1_000);
  });
});

describe('a protocol that leaves something out', () => {
  it.each([
    [
      'would place twice if an unknown order were sent again',
      { neverResends: false, idsFreeAfterFill: true },
      'two orders for one decision',
    ],
    [
      'would give up an order that arrives, if it did not wait before counting misses',
      { waitsBeforeMisses: false },
      'yet the exchange has it',
    ],
    ['would give up an order that was sent, if it did not write that before the socket', { writesSent: false }, /yet|ends as/],
    [
      'would forget a re-peg that arrives, if it did not write it before the socket',
      { writesRepeg: false },
      'a re-peg that nobody knows of',
    ],
    [
      'would think an order at its old price, if it believed reads that are older than the re-peg',
      { waitsBeforePrice: false },
      're-peg that nobody knows of',
    ],
  ] as const)('%s', (_, without, fault) => {
    expect([...explore({ ...protocol, ...without }).faults].join('\n')).toMatch(fault);
  });
});

describe('the real code, led along the traces of the model', () => {
  it('comes to the same record and holds the same money at every step', async () => {
    // The workers are alike: whoever is first is worker 0.
    const [first] = stepsFrom(start, protocol);
    if (!first) throw new Error('the model does not begin');
    const traces = tracesOf(explore(protocol, first.to).reached);
    let steps = 0;
    for (const trace of traces) {
      const run = new ProtocolRun();
      const told: string[] = [];
      for (const { name, from, to } of [{ ...first, from: start }, ...trace]) {
        await run.step(name, from);
        told.push(name);
        const [record, held] = [await run.record(), await run.held()];
        if (JSON.stringify(record) !== JSON.stringify(seen(to.record)) || held !== heldBy(to))
          expect({ told, record, held }).toEqual({ told, record: seen(to.record), held: heldBy(to) });
        steps += 1;
      }
    }
    console.log(`model: ${traces.length} traces, ${steps} steps run on the real jobs and the store`);
    expect(steps).toBeGreaterThan(10_000);
  });
});

interface Taken {
  readonly name: string;
  readonly from: State;
  readonly to: State;
}

/** Ways that together take every step from every state: the shortest way to a step nobody took yet, then on by such steps. */
function tracesOf(reached: ReadonlyMap<string, Reached>): readonly (readonly Taken[])[] {
  const left = new Map([...reached].map(([key, { state }]) => [key, [...stepsFrom(state, protocol)]]));
  const traces: (readonly Taken[])[] = [];
  for (const [start, steps] of left) {
    while (steps.length > 0) {
      const trace = [...wayTo(start, reached)];
      for (const { name, from } of trace) take(left, JSON.stringify(from), name);
      for (let at = start, next = take(left, at); next; next = take(left, at)) {
        trace.push({ name: next.name, from: reached.get(at)?.state ?? next.to, to: next.to });
        at = JSON.stringify(next.to);
      }
      traces.push(trace);
    }
  }
  return traces;
}

/** A step that is left of a state, and then is not. */
function take(left: ReadonlyMap<string, Step[]>, key: string, name?: string): Step | undefined {
  const steps = left.get(key) ?? [];
  const place = name === undefined ? steps.length - 1 : steps.findIndex((step) => step.name === name);
  return place < 0 ? undefined : steps.splice(place, 1)[0];
}

function wayTo(end: string, reached: ReadonlyMap<string, Reached>): readonly Taken[] {
  const way: Taken[] = [];
  for (let at = reached.get(end); at?.by; at = reached.get(at.by.from)) {
    const from = reached.get(at.by.from);
    if (from) way.unshift({ name: at.by.name, from: from.state, to: at.state });
  }
  return way;
}

/** Everything until the order has ended; then what it cost, if it filled. */
function heldBy({ record }: State): number {
  if (record === undefined || record.state === 'rejected' || record.state === 'abandoned') return 0;
  return intent.risk;
}
