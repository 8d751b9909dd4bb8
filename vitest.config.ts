import { defineConfig } from 'vitest/config';
import { NoSkips } from './checks/no-skips.ts';

const project = (name: string, include: readonly string[], exclude: readonly string[] = [], isolate = true) => ({
  extends: true as const,
  test: { name, include: [...include], exclude: [...exclude], isolate },
});

const others = ['tests/aws/**', 'tests/browser/**'];
/** Tests of pure code, and what else changes nothing around it: they share their processes, which halves what they take. */
const pure = ['adapters', 'api', 'checks', 'dashboard', 'domain', 'infra', 'jobs', 'local'];
const together = pure.map((folder) => `tests/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    env: { CDK_VALIDATION: 'false' },
    testTimeout: 20_000,
    // One for each core: the process that leads them mostly waits.
    maxWorkers: '100%',
    reporters: process.env.CI ? ['default', new NoSkips()] : ['default'],
    projects: [
      // All of them, each file in a process of its own: for one file or folder. `npm test` runs the two below.
      project('unit', ['tests/**/*.test.ts'], others),
      project('together', together, [], false),
      project('alone', ['tests/**/*.test.ts'], [...others, ...together]),
      project('aws', ['tests/aws/**/*.test.ts']),
      project('browser', ['tests/browser/**/*.test.ts']),
    ],
  },
});
