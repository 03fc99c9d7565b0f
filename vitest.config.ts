import { defineConfig } from 'vitest/config';

const slow = 180_000;

/**
 * `unit`: everything that needs no browser: rules, engine, module stories on a real database, laws, web parts.
 * `journeys`: whole stories in a real browser against the running program, one after another.
 * Tests of web components ask for a DOM themselves: `// @vitest-environment jsdom` on their first line.
 */
// Vitest wants a default export here.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}', 'tools/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: ['test/journeys/**', 'node_modules/**'],
          environment: 'node',
          globalSetup: ['test/global-setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['test/global-setup.ts'],
          fileParallelism: false,
          testTimeout: slow,
          hookTimeout: slow,
        },
      },
    ],
  },
});
