import type { Reporter, TestModule } from 'vitest/node';

/**
 * Vitest reporter for CI, where a skipped test is a failed promise: names every test that did not run and fails the run.
 * Its last line is plain text, `tests: N passed, N failed`; skipped ones count as failed.
 */
export class NoSkips implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const skipped = tests.filter((test) => ['skipped', 'pending'].includes(test.result().state));
    const broken = modules.filter((module) => module.state() === 'failed' && module.children.size === 0).length;
    for (const test of skipped) console.error(`not run: ${test.module.relativeModuleId} > ${test.fullName}`);
    if (skipped.length > 0) {
      console.error(`${skipped.length} tests did not run. Fix: with CI set nothing may be skipped; give what they need or delete them`);
      process.exitCode = 1;
    }
    console.log(`tests: ${passed} passed, ${tests.length - passed + broken} failed`);
  }
}
