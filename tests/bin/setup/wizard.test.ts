import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Trials, tryKalshiKey } from '../../../bin/setup/try-keys.ts';
import { askSetup, type Setup } from '../../../bin/setup/wizard.ts';
import { goodKey, onAir } from '../../local/exchange/on-air.ts';
import { scripted } from '../scripted-terminal.ts';

/** Keys are tried on a simulated exchange; one xAI key works. */
async function trials(): Promise<Trials> {
  const { baseUrl, clock } = await onAir({ markets: 20 });
  return {
    kalshi: async (_exchange, key) => ({ baseUrl, balance: await tryKalshiKey({ baseUrl, clock }, key) }),
    xai: async () => ['grok-4.7'],
  };
}

async function answering(...lines: readonly string[]): Promise<{ readonly setup: Setup; readonly shown: string }> {
  const { terminal, shown } = scripted(...lines);
  const setup = await askSetup({ terminal, trials: await trials(), cash: 1000, model: 'grok-4.7' });
  return { setup, shown: shown() };
}

describe('pilot setup in a terminal', () => {
  test('needs nothing but Enter, and then keeps no key', async () => {
    expect((await answering('', '', '')).setup).toEqual({ keys: {}, cash: 1000 });
  });

  test('takes a pasted key, signs in with it and says the balance', async () => {
    const { setup, shown } = await answering('500', 'demo', goodKey.keyId, goodKey.privateKey.trimEnd(), 'xai-secret-key');
    expect(setup.cash).toBe(500);
    expect(setup.keys).toMatchObject({ kalshi: goodKey, xai: 'xai-secret-key' });
    expect(shown).toContain('balance $1000.00');
    expect(shown).toContain('✓ grok-4.7 is offered');
    expect(shown).not.toContain('xai-secret-key');
    expect(shown).not.toContain(goodKey.privateKey.split('\n')[1]);
  });

  test('says what is wrong with a key, and asks again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pilot-setup-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'kalshi.pem');
    writeFileSync(file, goodKey.privateKey);
    const missing = join(folder, 'none.pem');
    const { setup, shown } = await answering('x', '', 'nowhere', 'demo', 'stranger', file, goodKey.keyId, missing, goodKey.keyId, file, '');
    expect(setup.keys.kalshi).toMatchObject({ keyId: goodKey.keyId });
    expect(shown).toMatch(/✗ no amount\. Fix: .*\n/);
    expect(shown).toContain('Fix: type none, demo or prod');
    expect(shown).toMatch(/✗ .*Fix: check KALSHI_KEY_ID/);
    expect(shown).toContain(`${missing}: cannot be read. Fix:`);
  });

  test('keeps nothing when nobody types on', async () => {
    await expect(answering('', 'prod', 'key')).rejects.toMatchObject({ code: 1 });
  });
});
