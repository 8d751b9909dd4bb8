import { describe, expect, it } from 'vitest';
import { readText, repositoryFiles } from '../checks/sources.ts';

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
  ['series that prohibit somebody are refused', 'tests/domain/risk/gate.test.ts', 'prohibitions nobody has read'],
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
