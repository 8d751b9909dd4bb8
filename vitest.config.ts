import { defineConfig } from 'vitest/config';
import { NoSkips } from './checks/no-skips.ts';

const project = (name: string, include: readonly string[], exclude: readonly string[] = []) => ({
  extends: true as const,
  test: { name, include: [...include], exclude: [...exclude] },
});

export default defineConfig({
  test: {
    env: { CDK_VALIDATION: 'false' },
    testTimeout: 20_000,
    reporters: process.env.CI ? ['default', new NoSkips()] : ['default'],
    projects: [
      project('unit', ['tests/**/*.test.ts'], ['tests/aws/**', 'tests/browser/**']),
      project('aws', ['tests/aws/**/*.test.ts']),
      project('browser', ['tests/browser/**/*.test.ts']),
    ],
  },
});
