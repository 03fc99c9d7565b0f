import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const slow = 180_000;
const cores = availableParallelism();

/** Tests of a database killed and ready again within two seconds: nothing else runs beside them. */
const measuredUnits = ['src/server/db/embedded.test.ts'];
const unit = {
  environment: 'node',
  globalSetup: ['test/global-setup.ts'],
  testTimeout: 20_000,
  hookTimeout: 60_000,
} as const;

/** Journeys that measure how soon something is heard or seen: nothing else runs beside them. */
const measured = ['test/journeys/alarms.test.ts', 'test/journeys/cable-well.test.ts'];
const journeys = {
  environment: 'node',
  globalSetup: ['test/journeys/global-setup.ts'],
  testTimeout: slow,
  hookTimeout: slow,
  // What is looked for again and again, on a machine that has other things to do as well.
  expect: { poll: { timeout: 15_000 } },
} as const;

/**
 * `unit`: everything that needs no browser: rules, engine, module stories on a real database, laws, web parts.
 * `unit-measured`: those that measure seconds, one after another when the others are done.
 * `journeys`: whole stories in a real browser against a running program of their own, some beside each other; then
 * `journeys-measured`, one after another.
 * Tests of web components ask for a DOM themselves: `// @vitest-environment jsdom` on their first line.
 */
// Vitest wants a default export here.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...unit,
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}', 'tools/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: ['test/journeys/**', 'node_modules/**', ...measuredUnits],
          // Vitest leaves a core free; our tests wait for PostgreSQL half of the time.
          maxWorkers: cores,
        },
      },
      {
        test: {
          ...unit,
          name: 'unit-measured',
          include: measuredUnits,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...journeys,
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          exclude: measured,
          // Each has a program, a database and a browser. One that is given from outside is shared: then one at a time.
          maxWorkers: process.env['HUANGGE_JOURNEY_URL'] === undefined ? Math.min(cores, 4) : 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...journeys,
          name: 'journeys-measured',
          include: measured,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
