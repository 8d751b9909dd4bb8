/** A line of the real code as it would be without one of its promises. */
interface Patch {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** What is broken on purpose, to see that the drills catch it. */
export const breakages: Readonly<Record<string, readonly Patch[]>> = {
  'sent is not written before the socket': [
    { file: 'shared/jobs/execute.ts', find: '!(await store.orders.markSent(id, clock.now()))', replace: "id === ''" },
  ],
  'the lease is dropped': [
    {
      file: 'shared/jobs/trade.ts',
      find: 'await io.store.leases.acquire(tradeLease(book), tick, io.clock.now(), io.clock.now() + LEASE_MS)',
      replace: "{ name: tradeLease(book), owner: '', token: 0, until: io.clock.now() + LEASE_MS }",
    },
    {
      file: 'shared/adapters/memory/memory-leases.ts',
      find: 'return held !== undefined && held.token === lease.token',
      replace: 'return held !== undefined || at > 0 || held.token === lease.token',
    },
  ],
  'an approval does not count against the next': [
    { file: 'shared/domain/consider.ts', find: 'if (verdict.approved) books.set(', replace: "if (order.key === '') books.set(" },
  ],
  'an order that got no answer is sent again': [
    {
      file: 'shared/jobs/execute.ts',
      find: 'const receipt = await broker.submit(id, order, group);',
      replace:
        "let receipt = await broker.submit(id, order, group); if (receipt.state === 'unknown') receipt = await broker.submit(id, order, group);",
    },
  ],
  'an order that is not found at once counts as never placed': [
    { file: 'shared/jobs/resolve.ts', find: 'const MISSES = 5;', replace: 'const MISSES = 1;' },
    { file: 'shared/jobs/resolve.ts', find: 'const MISSING_FOR: Millis = 60_000;', replace: 'const MISSING_FOR: Millis = 0;' },
    {
      file: 'shared/jobs/resolve.ts',
      find: 'asOf >= (sentAt ?? updatedAt) + LEASE_MS',
      replace: 'asOf >= 0 || (sentAt ?? updatedAt) > LEASE_MS',
    },
  ],
  'an exit does not wait for the books of the one before': [
    {
      file: 'shared/jobs/execute.ts',
      find: "order.purpose === 'exit' ? await unbookedSale(store, order) : undefined",
      replace: 'undefined',
    },
  ],
  'a stop is told to nobody': [
    { file: 'shared/system/runs/sync-run.ts', find: 'if (breaker) await tell();', replace: "if (synced[''] !== undefined) await tell();" },
  ],
};

/** A file's text as it is when this is broken; the text itself where the breakage is elsewhere. Throws when the line is gone. */
export function broken(name: string, url: string, text: string): string {
  const patches = breakages[name];
  if (!patches) throw new Error(`"${name}" is no breakage. Fix: use one of ${Object.keys(breakages).join('; ')}`);
  return patches.filter(({ file }) => url.endsWith(`/${file}`)).reduce((now, patch) => patched(now, patch), text);
}

function patched(text: string, { file, find, replace }: Patch): string {
  if (text.split(find).length !== 2) throw new Error(`${file} has no such line, or several: ${find}. Fix: break it as it is now`);
  return text.replace(find, () => replace);
}
