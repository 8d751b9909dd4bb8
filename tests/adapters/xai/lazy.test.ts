import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const loaded = (module: string) => {
  const hook = `import { registerHooks } from 'node:module';
    registerHooks({ load: (url, context, next) => { if (url.includes('/node_modules/openai/')) console.log('openai'); return next(url, context); } });
    const { xaiAnalyst } = await import('./${module}');
    if (process.argv[1] === 'ask') {
      const options = { apiKey: 'k', baseUrl: 'http://127.0.0.1:1/v1', model: 'm', protocol: 'chat', timeoutMs: 50, maxOutputTokens: 9, maxSearches: 0, now: () => 0 };
      await xaiAnalyst(options).analyze({ kind: 'analysis', request: { kind: 'daily', at: 0, facts: '' }, fence: 'f' });
    }`;
  return (argument: string) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', hook, argument], { cwd: root, encoding: 'utf8' }).includes('openai');
};

describe('the openai package', () => {
  it('is loaded with the first question, not with the module', () => {
    const ask = loaded('shared/adapters/xai/xai-analyst.ts');
    expect(ask('import')).toBe(false);
    expect(ask('ask')).toBe(true);
  });
});
