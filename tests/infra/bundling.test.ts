import { SignatureV4 } from '@smithy/signature-v4';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bundle } from '../../lib/bundle.ts';
import { bundlingOf } from '../../lib/bundling.ts';
import { Sha256 } from '../../shared/system/config/aws-checksum.ts';
import { defaultProvider } from '../../shared/system/config/aws-credentials.ts';
import { type FunctionName, functionNames } from '../../shared/system/map.ts';

afterEach(() => vi.unstubAllEnvs());

/** Packages that get a file of their own beside a function's bundle. */
function beside(name: FunctionName): readonly string[] {
  const commands = bundlingOf(name, 'paper').commandHooks?.afterBundling('/repository', '/bundle') ?? [];
  return commands.flatMap((command) => /esbuild (\S+) /.exec(command)?.[1] ?? []);
}

describe('a bundle', () => {
  it('is one small CommonJS file with the SDK in it, and no map', () => {
    for (const name of functionNames) {
      const { format, minify, mainFields, externalModules, commandHooks } = bundlingOf(name, 'paper');
      expect({ format, minify, mainFields }).toEqual({ format: 'cjs', minify: true, mainFields: ['module', 'main'] });
      const clients = ['lambda', 's3', 'secrets-manager', 'sns'].map((service) => `@aws-sdk/client-${service}`);
      expect(externalModules).toEqual(['openai', ...clients, '@smithy/core/event-streams']);
      expect(commandHooks?.afterBundling('/repository', '/bundle').join('\n')).toContain(`mv "/bundle/index.js.map" "/repository/`);
    }
  });

  it('has the heavy packages beside it only where the map gives what they are for', () => {
    const clients = (...services: readonly string[]) => services.map((service) => `@aws-sdk/client-${service}`);
    expect(beside('scan')).toEqual(clients('s3', 'sns'));
    expect(beside('forecast')).toEqual(['openai', ...clients('s3', 'secrets-manager', 'sns')]);
    expect(beside('sync')).toEqual(clients('secrets-manager', 'sns'));
    expect(beside('api')).toEqual(clients('lambda', 's3'));
  });
});

describe('what stands for a part of the SDK', () => {
  it('is in the bundle, and in the packages beside it', () => {
    for (const [part, file] of Object.entries(bundle.alias)) {
      const { esbuildArgs, commandHooks } = bundlingOf('scan', 'paper');
      expect(esbuildArgs).toHaveProperty([`--alias:${part}`], file);
      expect(commandHooks?.afterBundling('/repository', '/bundle')[0]).toContain(`"--alias:${part}=${file}"`);
    }
  });

  it('leaves the packages beside it the checksums that only they need', () => {
    const { esbuildArgs, commandHooks } = bundlingOf('scan', 'paper');
    expect(esbuildArgs).toHaveProperty(['--alias:@smithy/core/checksum']);
    expect(commandHooks?.afterBundling('/repository', '/bundle').join('\n')).not.toContain('checksum');
  });
});

describe('the checksum of a bundle', () => {
  // The vector get-vanilla of AWS's own test suite for Signature Version 4.
  it('signs a request as AWS says', async () => {
    const signer = new SignatureV4({
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
      ...{ region: 'us-east-1', service: 'service', sha256: Sha256, applyChecksum: false },
    });
    const request = { method: 'GET', protocol: 'https:', hostname: 'example.amazonaws.com', path: '/', query: {} };
    const headers = { host: 'example.amazonaws.com' };
    const { headers: signed } = await signer.sign({ ...request, headers }, { signingDate: new Date('2015-08-30T12:36:00Z') });
    expect(signed).toHaveProperty(
      'authorization',
      expect.stringContaining('5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'),
    );
  });

  it('reads text, bytes and a part of a buffer alike', async () => {
    const whole = new TextEncoder().encode('-abc-');
    const part = new DataView(whole.buffer, 1, 3);
    const sums = ['abc', part, whole.slice(1, 4), whole.buffer.slice(1, 4)].map((data) => {
      const sum = new Sha256();
      sum.update(data);
      return sum.digest();
    });
    const hex = (await Promise.all(sums)).map((sum) => Buffer.from(sum).toString('hex'));
    expect(new Set(hex)).toEqual(new Set(['ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad']));
  });
});

describe('the keys of a role', () => {
  it('come from the environment, with the session they belong to', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_SESSION_TOKEN', 'session');
    await expect(defaultProvider()()).resolves.toEqual({ accessKeyId: 'AKIA', secretAccessKey: 'secret', sessionToken: 'session' });
    vi.stubEnv('AWS_SESSION_TOKEN', '');
    await expect(defaultProvider()()).resolves.toEqual({ accessKeyId: 'AKIA', secretAccessKey: 'secret' });
  });

  it('are asked for by name when they are missing', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    await expect(defaultProvider()()).rejects.toThrow(/AWS_SECRET_ACCESS_KEY: not in the environment\. Fix: /);
  });
});
