import { createServer } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { critiqueShape, draftShape, findingsShape, gapShape, readAnswer } from '../../../shared/adapters/xai/answers.ts';
import { readChat, readResponse } from '../../../shared/adapters/xai/reply.ts';
import { xaiAnalyst } from '../../../shared/adapters/xai/xai-analyst.ts';
import { question } from '../../domain/forecasting/question.ts';

describe('whatever a model or the road to it sends', () => {
  const shapes = [draftShape, critiqueShape(3), findingsShape, gapShape(2)] as const;
  const looksRight = fc.record({
    reference_class: fc.string({ unit: 'binary' }),
    base_rate: fc.double(),
    evidence_for: fc.array(fc.string()),
    evidence_against: fc.array(fc.string()),
    key_uncertainty: fc.string({ unit: 'binary' }),
    probability: fc.oneof(fc.double(), fc.double({ min: -0.2, max: 1.2 })),
  });

  it('is a bounded draft or none', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json(),
          looksRight.map((one) => JSON.stringify(one)),
        ),
        (text) => {
          const read = readAnswer(draftShape, text);
          if (!read.ok) return;
          expect(read.value.probability).toBeGreaterThanOrEqual(0.005);
          expect(read.value.probability).toBeLessThanOrEqual(0.995);
          expect(JSON.stringify(read.value)).not.toMatch(/[\u202a-\u202e]/);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never throws in any reader', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.jsonValue(), (text, body) => {
        for (const shape of shapes) readAnswer(shape as typeof draftShape, text);
        for (const shape of shapes) readAnswer(shape as typeof draftShape, JSON.stringify(body));
        readResponse(body);
        readChat(body);
      }),
      { numRuns: 300 },
    );
  });

  it('lets a critic point only at drafts that exist', () => {
    const text = (misread: unknown) => JSON.stringify({ misread, rules_clear: true, notes: '', probability: 0.5 });
    expect(readAnswer(critiqueShape(3), text([2, 0, 2]))).toMatchObject({ ok: true, value: { misread: [2, 0] } });
    for (const misread of [[3], [-1], [0.5]]) expect(readAnswer(critiqueShape(3), text(misread))).toMatchObject({ why: 'out-of-range' });
    expect(readAnswer(critiqueShape(3), text('0'))).toMatchObject({ why: 'wrong-shape' });
  });

  it('takes an answer with more fields than asked for none', () => {
    const extra = JSON.stringify({ evidence: null, explanation: '', order: { side: 'buy' } });
    expect(readAnswer(gapShape(2), extra)).toMatchObject({ ok: false, why: 'wrong-shape' });
  });

  it('comes back as an answer that is none when bytes are random', async () => {
    let bytes: Uint8Array = new Uint8Array();
    const noise = createServer((_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(bytes));
    await new Promise<void>((resolve) => noise.listen(0, '127.0.0.1', resolve));
    const { port } = noise.address() as { port: number };
    const grok = xaiAnalyst({
      ...{ apiKey: 'k', baseUrl: `http://127.0.0.1:${port}/v1`, model: 'grok-4.7', protocol: 'responses', timeoutMs: 2_000 },
      ...{ maxOutputTokens: 900, price: undefined, maxSearches: 0, now: () => 0 },
    });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (random) => {
        bytes = random;
        expect((await grok.forecast({ kind: 'forecast', question: question(), fence: 'k' })).ok).toBe(false);
      }),
      { numRuns: 50 },
    );
    noise.closeAllConnections();
    noise.close();
  });
});
