import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Blobs } from '../../shared/ports/blobs.ts';

/** What every place for recordings must do. `open` gives an empty one. */
export function blobsContract(name: string, open: () => Promise<Blobs>): void {
  describe(`${name} as Blobs`, () => {
    test('gives back exactly the bytes that were put, nothing for a key that was not', async () => {
      const blobs = await open();
      const bytes = Uint8Array.from({ length: 4096 }, (_, index) => index % 256);
      await blobs.put('scans/2026-11-20/T14:15.zst', bytes);
      expect(await blobs.get('scans/2026-11-20/T14:15.zst')).toEqual(bytes);
      expect(await blobs.get('scans/2026-11-20')).toBeUndefined();
      expect(await blobs.get('scans/2026-11-20/T14:15.zst/more')).toBeUndefined();
      await blobs.put('empty', new Uint8Array());
      expect(await blobs.get('empty')).toEqual(new Uint8Array());
    });

    test('what is put is a copy: changing the bytes afterwards, or those read, changes nothing', async () => {
      const blobs = await open();
      const bytes = Uint8Array.of(1, 2, 3);
      await blobs.put('a', bytes);
      bytes[0] = 9;
      (await blobs.get('a'))?.fill(8);
      expect(await blobs.get('a')).toEqual(Uint8Array.of(1, 2, 3));
    });

    test('putting again is harmless, and the last one stays', async () => {
      const blobs = await open();
      await blobs.put('a', Uint8Array.of(1));
      await blobs.put('a', Uint8Array.of(1));
      await blobs.put('a', Uint8Array.of(2));
      expect(await blobs.get('a')).toEqual(Uint8Array.of(2));
      expect(await blobs.list('')).toEqual(['a']);
    });

    test('lists the keys of a prefix, ascending, after a point that need not exist', async () => {
      const blobs = await open();
      for (const key of ['s/2', 's/10', 't/1', 's/1', 's-1', 'S/1']) await blobs.put(key, Uint8Array.of(0));
      expect(await blobs.list('s/')).toEqual(['s/1', 's/10', 's/2']);
      expect(await blobs.list('s')).toEqual(['s-1', 's/1', 's/10', 's/2']);
      expect(await blobs.list('s/', 's/1')).toEqual(['s/10', 's/2']);
      expect(await blobs.list('s/', 's/15')).toEqual(['s/2']);
      expect(await blobs.list('u/')).toEqual([]);
    });

    test('lists any keys as a sorted list would', async () => {
      const part = fc.stringMatching(/^[A-Za-z0-9_=:+@-][A-Za-z0-9._=:+@-]{0,5}$/);
      // An `=` ends folders only, so that no key is a folder of another.
      const key = fc
        .array(part, { minLength: 1, maxLength: 3 })
        .map((parts) => parts.map((one, at) => (at < parts.length - 1 ? `${one}=` : `${one}.x`)).join('/'));
      const run = async (keys: readonly string[], prefixLength: number, at: number): Promise<void> => {
        const blobs = await open();
        for (const one of keys) await blobs.put(one, Uint8Array.of(1));
        const prefix = keys[0]?.slice(0, prefixLength) ?? '';
        const after = keys[at % keys.length] ?? '';
        const sorted = [...new Set(keys)].sort();
        expect(await blobs.list(prefix)).toEqual(sorted.filter((one) => one.startsWith(prefix)));
        expect(await blobs.list(prefix, after)).toEqual(sorted.filter((one) => one.startsWith(prefix) && one > after));
      };
      const many = fc.asyncProperty(fc.array(key, { minLength: 1, maxLength: 8 }), fc.nat(8), fc.nat(8), run);
      await fc.assert(many, { numRuns: 15 });
    });

    test('refuses a key that leads elsewhere or would not sort, naming what is allowed', async () => {
      const blobs = await open();
      for (const key of ['', '/a', 'a/', 'a//b', '../a', 'a/../b', 'a/.b', 'a b', 'ü']) {
        await expect(blobs.put(key, Uint8Array.of(1))).rejects.toThrow(/key: .*Fix: join parts/);
        await expect(blobs.get(key)).rejects.toThrow(/key: .*Fix: join parts/);
      }
    });
  });
}
