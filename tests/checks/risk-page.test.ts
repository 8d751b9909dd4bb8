import { describe, expect, it } from 'vitest';
import { riskPage } from '../../checks/risk-page.ts';
import { readText } from '../../checks/sources.ts';
import type { Check } from '../../shared/domain/risk/check.ts';
import { checks } from '../../shared/domain/risk/checks.ts';

const frame = 'before\n<!-- made from the checks: begin -->\nold\n<!-- made from the checks: end -->\nafter\n';
const some: Readonly<Record<string, Check>> = {
  rich: { holds: 'there is money | cash', fix: 'earn `some`', exits: true, judge: () => ({ state: 'pass', detail: '' }) },
};

describe('the page of risk', () => {
  it('is up to date. Fix: node checks/write-risk-page.ts', () => {
    const page = readText('docs/risk.md');
    expect(riskPage(page, checks)).toBe(page);
  });

  it('has a row for every check and keeps what people wrote around', () => {
    const page = riskPage(frame, some);
    expect(page).toMatch(/^before\n/);
    expect(page).toMatch(/\nafter\n$/);
    expect(page).not.toMatch(/^old$/m);
    expect(page).toContain('| rich | there is money \\| cash | yes | earn `some` |');
    expect(riskPage(page, some)).toBe(page);
  });

  it('must have room for what is made', () => expect(() => riskPage('nothing', some)).toThrow('docs/risk.md: no made part'));
});
