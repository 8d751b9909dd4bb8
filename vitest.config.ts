import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/aws/**', 'tests/browser/**'],
    env: { CDK_VALIDATION: 'false' },
    testTimeout: 20_000,
  },
});
