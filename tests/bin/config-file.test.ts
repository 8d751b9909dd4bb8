import { describe, expect, test } from 'vitest';
import { withSetting } from '../../bin/config-file.ts';

describe('a setting written into the configuration file', () => {
  test.each([
    ['{}', 'capital.cash', 5, '{ capital: { cash: 5 } }'],
    ['{ scan: { minVolume: 1 } }', 'scan.minVolume', 300, '{ scan: { minVolume: 300 } }'],
    ["{ 'scan': {} } satisfies X", 'scan.priceRange', [0.1, 0.9], "{ 'scan': { priceRange: [0.1, 0.9] } } satisfies X"],
    ['{ a: 1, b: 2 }', 'zone', "O'Brien", "{ a: 1, b: 2, zone: 'O\\'Brien' }"],
    ['{\n  a: 1, // é why\n}', 'b', null, '{\n  a: 1,\n  b: null, // é why\n}'],
  ])('in %s: %s', (object, key, value, expected) => {
    expect(withSetting(`// ü\nexport const config = ${object};\n`, key, value)).toBe(`// ü\nexport const config = ${expected};\n`);
  });

  test.each(['export const config = make();', 'export const config = { ...mine };', 'export const config = {', 'const x = 1;'])(
    'is left to the person in %s',
    (source) => {
      expect(() => withSetting(source, 'zone', 'UTC')).toThrow(/pilot\.config\.ts: .*Fix:/);
    },
  );
});
