import { describe, expect, it } from 'vitest';
import { missingEntries } from '../../checks/lock.ts';

describe('a lockfile', () => {
  it('that lists every optional dependency lacks nothing', () => {
    expect(
      missingEntries({
        '': { optionalDependencies: { a: '1.0.0' } },
        'node_modules/a': { optionalDependencies: { b: '1.0.0', c: '1.0.0' } },
        'node_modules/a/node_modules/b': {},
        'node_modules/c': {},
      }),
    ).toEqual({});
  });

  it('is given what a registry left out, with the platform its name tells', () => {
    const optionalDependencies = { '@x/y-linux-arm64-musl': '1.2.3', '@x/y-linux-arm-gnueabihf': '1.2.3', '@x/y-win32-x64-msvc': '1.2.3' };
    expect(missingEntries({ 'node_modules/z/node_modules/y': { optionalDependencies } })).toEqual({
      'node_modules/@x/y-linux-arm64-musl': { version: '1.2.3', optional: true, os: ['linux'], cpu: ['arm64'], libc: ['musl'] },
      'node_modules/@x/y-linux-arm-gnueabihf': { version: '1.2.3', optional: true, os: ['linux'], cpu: ['arm'], libc: ['glibc'] },
      'node_modules/@x/y-win32-x64-msvc': { version: '1.2.3', optional: true, os: ['win32'], cpu: ['x64'] },
    });
  });

  it('claims no platform for a name that tells none', () => {
    expect(missingEntries({ 'node_modules/y': { optionalDependencies: { extra: '1.2.3' } } })).toEqual({
      'node_modules/extra': { version: '1.2.3', optional: true },
    });
  });
});
