import { describe, expect, it } from 'vitest';
import { readText, repositoryFiles } from '../checks/sources.ts';
import { strategies as all } from '../shared/domain/strategies/strategies.ts';
import { makeConfig } from '../shared/system/config/config.ts';
import { functions } from '../shared/system/map.ts';

/** What README.md claims, and the test that holds it: file and a part of its title. */
const claims: readonly (readonly [claim: string, file: string, title: string])[] = [
  [
    'keeps the books to the micro-dollar',
    'tests/domain/ledger.test.ts',
    'keeps its books balanced over any deposits, fills and settlements',
  ],
  ['Orders go to paper unless you say otherwise', 'tests/system/config.test.ts', 'is paper when there is none'],
  ['can say afterwards why it did or did not', 'tests/jobs/paper-desk.test.ts', 'writes down every decision'],
  [
    'One decision core runs live, on paper and in replay',
    'tests/domain/decide.test.ts',
    'of one quote is what the whole board says of that market alone',
  ],
  ['A check that does not know refuses', 'tests/domain/risk/gate.test.ts', 'the check %s'],
  ['Each approval counts against the next', 'tests/domain/decide.test.ts', 'keeps every cap, whatever the gate approves'],
  ['Only the gate makes what a broker accepts', 'tests/readme.test.ts', 'lets only the gate make an approval'],
  [
    'mirrored markets give mirrored decisions and the same P&L',
    'tests/local/replay/no-future.test.ts',
    'is the mirror of the replay of the mirrored markets',
  ],
  [
    'Nothing that happens later can change an earlier decision of a replay',
    'tests/local/replay/no-future.test.ts',
    'decides nothing by what came later',
  ],
  ['Losses halt a book, and only a person resumes it', 'tests/jobs/trip-breaker.test.ts', 'leaves a halt only by a person'],
  [
    'The ones here are on paper, each with what is known for and against it',
    'tests/domain/strategies/favourites.test.ts',
    'says what it does and what is known for it',
  ],
  ['at most what an order cost is lost', 'tests/domain/ledger.test.ts', 'loses at most what was paid'],
  ['It understates resting orders', 'tests/domain/paper/paper-fill.test.ts', 'does not fill when the quote only touches it'],
  ['says what it lacks', 'tests/local/replay/panel.test.ts', 'signals, approves, refuses and trades with default settings'],
  ['series that prohibit somebody are refused', 'tests/domain/risk/check-cases.ts', 'prohibitions nobody has read'],
];

const readme = readText('README.md').replaceAll(/\s+/g, ' ');

describe('README.md', () => {
  it.each(claims)('says "%s", which %s holds', (claim, file, title) => {
    expect(readme).toContain(claim);
    expect(readText(file)).toContain(title);
  });

  it('claims nothing of how it decides that no test holds', () => {
    const section = readText('README.md').split('## How it decides')[1]?.split('\n## ')[0] ?? '';
    const bullets = section.split('\n').filter((line) => line.startsWith('- '));
    expect(bullets.length).toBeGreaterThan(3);
    const held = (bullet: string) => claims.some(([claim]) => bullet.includes(claim));
    expect(bullets.filter((bullet) => !held(bullet))).toEqual([]);
  });

  it('lets only the gate make an approval', () => {
    const makers = repositoryFiles().filter(
      (path) => /^(shared|local|functions|bin)\/.*\.ts$/.test(path) && /\bas Approved\b/.test(readText(path)),
    );
    expect(makers).toEqual(['shared/domain/risk/gate.ts']);
  });
});

describe('what docs/ says to traders', () => {
  const { strategies } = makeConfig({});

  it('names the default limits of exits', () => {
    expect(readText('docs/risk.md')).toContain('none from 95¢ up or in the last quarter of an hour');
    for (const { exits } of Object.values(strategies)) expect(exits).toMatchObject({ holdAbove: 0.95, holdMinutes: 15 });
  });

  it('names when each function of the loop runs', () => {
    const page = readText('docs/trading-loop.md');
    expect(page).toContain('| every 15 minutes | **scan**');
    expect(page).toContain('| then | **forecast**');
    expect(page).toContain('| then | **trade**');
    expect(page).toContain('| every 5 minutes | **sync**');
    expect([functions.scan.trigger, functions.forecast.trigger, functions.trade.trigger, functions.sync.trigger]).toEqual([
      { every: '15 minutes' },
      { after: 'scan' },
      { after: 'forecast' },
      { every: '5 minutes' },
    ]);
  });

  it('describes every strategy there is', () => {
    const page = readText('docs/trading-loop.md');
    expect(all.filter(({ name }) => !page.includes(`- **${name}** `)).map(({ name }) => name)).toEqual([]);
  });
});
