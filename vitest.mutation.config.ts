import { defineConfig } from 'vitest/config';

/** The fast tests of money and risk: what a mutant of them must not survive. */
export default defineConfig({
  test: {
    include: ['tests/domain/**/*.test.ts', 'tests/jobs/*.test.ts', 'tests/contract/**/*.test.ts', 'tests/adapters/memory/*.test.ts'],
    testTimeout: 20_000,
  },
});
