import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { type Facts, falseClaims } from '../../checks/claims.ts';
import { commandTree } from '../../checks/command-tree.ts';

const program = new Command('pilot').option('--env <where>').version('1.0.0');
program.command('replay').option('--panel <file>').option('-j, --json').option('--set <pair>').alias('rerun');
program.command('why').argument('[id]');
program.command('alerts').command('add').argument('<address>').option('--sms');

const facts: Facts = {
  scripts: new Set(['start', 'test', 'pilot', 'bench', 'test:aws']),
  groups: { bench: new Set(['scan']) },
  pilot: commandTree(program),
  settings: new Set(['scan.minVolume', 'capital.max']),
  figures: new Set(['scan.cpu']),
  environment: new Set(['PILOT_MODE']),
  paths: new Set(['docs', 'docs/risk.md', 'shared', 'shared/domain']),
};
const claims = (text: string, but: Partial<Facts> = {}) => falseClaims('README.md', text, { ...facts, ...but });
const fence = (text: string) => `Do this:\n\n\`\`\`sh\n${text}\n\`\`\`\n`;

describe('what documents may say', () => {
  it.each([
    '`npm ci && npm start`, `npm run test:aws`, `npm run -s bench -- scan --json`, `npm run bench -- GROUP`',
    '`pilot`, `npx pilot replay --panel FILE [--json]`, `npm run -s pilot -- rerun -j --panel=a.csv`, `node bin/pilot.ts why 123`',
    '`pilot --env aws why 123 --help`, `pilot alerts add me@example.org --sms`, `pilot replay|why`, `pilot COMMAND`, `pilot --version`',
    '`scan.minVolume`, `capital`, `scan.cpu`, `pilot replay --set scan.minVolume=5`, `pilot replay --set k=v`, `pilot.config.ts`, `a.b`',
    'PILOT_MODE and AWS_REGION, `docs/risk.md`, `shared/domain/`',
    'Prose may say that a pilot flies --blind and npm runs.',
    'A scan takes 5 s.',
    'A scan takes 5 s, measured by `npm run bench -- scan`.',
    fence('npx pilot why 1 # comes back | at once\nnpm test'),
    fence('npx pilot replay --panel FILE \\\n  --json > out.json'),
  ])('%s', (text) => expect(claims(text)).toEqual([]));

  it.each([
    ['`npm run deploy`', 'there is no script "deploy"'],
    ['`npm run -s bench -- sacn --json`', 'bench has no group sacn'],
    ['`pilot rpelay`', '"pilot" has no command rpelay'],
    ['`pilot replay|wy`', '"pilot" has no command wy'],
    ['`npm run pilot -- replay --pannel FILE`', '"pilot replay" has no --pannel'],
    ['`pilot replay [--fast]`', '"pilot replay" has no --fast'],
    ['`pilot alerts remove`', '"pilot alerts" has no command remove'],
    ['`pilot --env aws wy`', '"pilot" has no command wy'],
    ['`scan.minVolme`', 'there is no setting scan.minVolme'],
    ['`pilot replay --set scan.max=5`', 'there is no setting scan.max'],
    ['`PILOT_MOOD`', 'nothing reads PILOT_MOOD'],
    ['`docs/gone.md`', 'there is no docs/gone.md'],
    ['A scan takes 5 s (measured).', '"5 s" is said to be measured'],
    ['Measured: 20M bars/s.', 'no command in the paragraph'],
    [fence('npm ci && npm run deploy'), 'there is no script "deploy"'],
    [fence('npx pilot replay \\\n  --fast'), '"pilot replay" has no --fast'],
  ])('and not %s', (text, problem) => {
    expect(claims(text)).toHaveLength(1);
    expect(claims(text)[0]).toContain(problem);
  });

  it('says each thing once', () => expect(claims('`npm run deploy` and `npm run deploy`')).toHaveLength(1));

  it('leaves alone what is not built yet', () => {
    expect(claims('`pilot rpelay`, `scan.minVolme`', { pilot: undefined, settings: undefined })).toEqual([]);
  });

  it('counts a table to the paragraph that says how it was measured', () => {
    const table = '\n\n| figure | measured |\n|---|---|\n| scan | 5 s |\n';
    expect(claims(`By \`npm run bench -- scan\`:${table}`)).toEqual([]);
    expect(claims(`By hand:${table}`)).toHaveLength(1);
  });
});
