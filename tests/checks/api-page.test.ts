import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { apiPage } from '../../checks/api-page.ts';
import { action, endpoints } from '../../checks/endpoints.ts';
import { readText } from '../../checks/sources.ts';

const frame = 'before\n<!-- made from the contract: begin -->\nold\n<!-- made from the contract: end -->\nafter\n';

describe('the page of the HTTP interface', () => {
  it('is up to date. Fix: node checks/write-api-page.ts', () => {
    const page = readText('docs/api.md');
    expect(apiPage(page, endpoints, action)).toBe(page);
  });

  it('names every field with its path, and says what may be null or absent', () => {
    const answer = z.strictObject({
      state: z.enum(['on', 'off']),
      score: z.nullable(z.number()),
      rows: z.array(z.strictObject({ name: z.string(), note: z.optional(z.string()) })),
    });
    const page = apiPage(
      frame,
      { '/api/x': { about: 'how it is', query: { limit: 'a number' }, answer } },
      { names: ['pause'], body: answer, answer },
    );
    expect(page).toMatch(/^before\n/);
    expect(page).toMatch(/\nafter\n$/);
    expect(page).toContain('### GET /api/x\n\nHow it is.\n\nTakes `limit` (a number).');
    for (const line of [
      '| state | on, off |',
      '| score | number or null |',
      '| rows[] name | text |',
      '| rows[] note | text, may be absent |',
    ]) {
      expect(page).toContain(line);
    }
  });
});
