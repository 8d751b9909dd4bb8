import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchangeCommand } from '../../../bin/commands/exchange.ts';
import { signedClient } from './signed-client.ts';

const command = resolve(import.meta.dirname, '../../../bin/commands/exchange.ts');
const script = `const { exchangeCommand } = await import(${JSON.stringify(command)}); await exchangeCommand().parseAsync(process.argv.slice(1), { from: 'user' });`;

describe('pilot exchange', () => {
  const folder = mkdtempSync(join(tmpdir(), 'exchange-'));
  let child: ChildProcess;
  let said: { readonly baseUrl: string; readonly wsUrl: string; readonly keyId: string; readonly privateKeyPath: string };

  beforeAll(async () => {
    child = spawn(process.execPath, ['--input-type=module', '-e', script, '--', '--json', '--markets', '30'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    said = JSON.parse(await new Promise<string>((told) => lines.once('line', told)));
  });

  afterAll(() => {
    child.kill('SIGTERM');
    rmSync(folder, { recursive: true });
  });

  it('first says where it is and with which key, which only its owner can read', () => {
    expect(said.wsUrl).toBe(said.baseUrl.replace('http:', 'ws:').replace('/v2', '/ws/v2'));
    expect(statSync(said.privateKeyPath).mode & 0o777).toBe(0o600);
  });

  it('takes that key', async () => {
    const send = signedClient({ ...said, privateKey: readFileSync(said.privateKeyPath, 'utf8') });
    expect((await send('GET', '/portfolio/balance')).body.balance_dollars).toBe('1000.000000');
    expect((await send('GET', '/markets?status=open&mve_filter=exclude&limit=1000')).body.markets).not.toHaveLength(0);
  });

  it.each([
    [['--markets', '0'], 'give a whole number from 1 to 500000'],
    [['--port', '99999'], 'give a whole number from 0 to 65535'],
    [['--faults', 'gremlins'], 'gremlins is not a fault. Fix: use'],
  ])('refuses %j with what to give instead', async (words, message) => {
    const spoken: string[] = [];
    const parser = exchangeCommand()
      .exitOverride()
      .configureOutput({ writeErr: (text) => spoken.push(text) });
    await expect(parser.parseAsync(words, { from: 'user' })).rejects.toThrow(message);
    expect(spoken.join('')).toContain(message);
  });
});
