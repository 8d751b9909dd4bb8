import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeApp } from './synthesized.ts';

/** Rules a pack finds broken, by name. */
function findings(app: App): readonly string[] {
  return [new AwsSolutionsChecks(), new ServerlessChecks()].flatMap((pack) =>
    pack.validateScope(app).violations.map(({ ruleName }) => ruleName),
  );
}

afterEach(() => vi.restoreAllMocks());

describe.each(['private', 'phone'])('the %s app under AwsSolutions and Serverless', (dashboard) => {
  it('has nothing left to acknowledge', () => expect(findings(makeApp({ dashboard, mode: 'live' }))).toEqual([]));

  it('acknowledges only what the packs really find, each with a reason a person can judge', () => {
    const acknowledge = vi.spyOn(Validations.prototype, 'acknowledge').mockImplementation(() => {});
    const found = new Set(findings(makeApp({ dashboard, mode: 'live' })));
    const said = acknowledge.mock.calls.flat();
    expect(new Set(said.map(({ id }) => id))).toEqual(found);
    expect(found.size).toBeGreaterThan(10);
    expect(said.filter(({ reason }) => reason.split(' ').length < 8)).toEqual([]);
  });
});
