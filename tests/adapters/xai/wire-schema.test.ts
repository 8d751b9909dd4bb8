import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { critiqueShape, draftShape, findingsShape, gapShape } from '../../../shared/adapters/xai/answers.ts';
import { wireSchema } from '../../../shared/adapters/xai/wire-schema.ts';

describe('what is sent as the schema of an answer', () => {
  it.each([draftShape, critiqueShape(3), findingsShape, gapShape(2)].map((shape) => [shape.name, shape.wire] as const))(
    'is what zod writes of the %s',
    (_, wire) => {
      const { $schema: _draft, ...written } = z.toJSONSchema(wire, { target: 'draft-7' });
      expect(wireSchema(wire)).toEqual(written);
    },
  );

  it('refuses a type that not every provider understands', () => {
    expect(() => wireSchema(z.strictObject({ at: z.date() }))).toThrow('answers have no date here. Fix: ');
  });
});
