import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { cruise, plantTree, root } from './cruise.ts';

const one = 'export const one = 1;\n';
const use = (from: string) => `import { one } from '${from}';\nexport const two = one;\n`;

/** One planted crime per law: [rule, file that commits it, its text]. */
const crimes: [string, string, string][] = [
  ['kit-imports-nothing', 'src/kit/crime.ts', use('#engine/reach/innocent.ts')],
  ['contract-imports-kit-and-zod', 'src/contract/crime.ts', use('#engine/reach/innocent.ts')],
  ['engine-imports-kit-only', 'src/engine/reach/crime.ts', use('#contract/innocent.ts')],
  [
    'engine-does-no-io',
    'src/engine/reach/reads.ts',
    "import { readFileSync } from 'node:fs';\nexport const text = readFileSync('x');\n",
  ],
  [
    'web-never-imports-server',
    'src/web/app/crime.tsx',
    "import type { one } from '#server/modules/events/index.ts';\nexport const a = <b>{typeof (0 as unknown as typeof one)}</b>;\n",
  ],
  ['web-imports-no-node', 'src/web/app/reads.ts', "import { join } from 'node:path';\nexport const p = join('a');\n"],
  ['web-features-are-strangers', 'src/web/features/desk/crime.ts', use('#web/features/field/innocent.ts')],
  [
    'only-http-knows-fastify',
    'src/server/modules/events/crime.ts',
    "import type { FastifyInstance } from 'fastify';\nexport type A = FastifyInstance;\n",
  ],
  ['only-db-knows-the-pool', 'src/server/modules/events/door.ts', use('#server/http/innocent.ts')],
  ['nobody-imports-wire', 'src/server/http/crime.ts', use('../../wire.ts')],
  ['server-never-imports-demo', 'src/server/http/shows.ts', use('../../demo/innocent.ts')],
  [
    'no-dev-packages-in-the-program',
    'src/server/http/dev.ts',
    "import * as vite from 'vite';\nexport const v = vite;\n",
  ],
  ['modules-downhill-grids', 'src/server/modules/grids/crime.ts', use('#server/modules/events/index.ts')],
  [
    'modules-downhill-ledger',
    'src/server/modules/ledger/crime.ts',
    "import type { one } from '#server/modules/identity/index.ts';\nexport type A = typeof one;\n",
  ],
  ['modules-downhill-people', 'src/server/modules/people/crime.ts', use('#server/modules/stations/index.ts')],
  ['modules-downhill-stations', 'src/server/modules/stations/crime.ts', use('#server/modules/partners/index.ts')],
  ['modules-downhill-partners', 'src/server/modules/partners/crime.ts', use('#server/modules/volunteers/index.ts')],
  ['modules-downhill-volunteers', 'src/server/modules/volunteers/crime.ts', use('#server/modules/supplies/index.ts')],
  ['modules-downhill-supplies', 'src/server/modules/supplies/crime.ts', use('#server/modules/services/index.ts')],
  ['modules-downhill-bookings', 'src/server/modules/bookings/crime.ts', use('#server/modules/services/index.ts')],
  ['modules-downhill-services', 'src/server/modules/services/crime.ts', use('#server/modules/notices/index.ts')],
  ['modules-downhill-facilities', 'src/server/modules/facilities/crime.ts', use('#server/modules/needs/index.ts')],
  ['modules-downhill-needs', 'src/server/modules/needs/crime.ts', use('#server/modules/lifecircle/index.ts')],
  ['modules-downhill-lifecircle', 'src/server/modules/lifecircle/crime.ts', use('#server/modules/shortfalls/index.ts')],
  ['modules-downhill-shortfalls', 'src/server/modules/shortfalls/crime.ts', use('#server/modules/planning/index.ts')],
  ['modules-downhill-analytics', 'src/server/modules/analytics/climb.ts', use('#server/modules/notices/index.ts')],
  ['modules-downhill-texts', 'src/server/modules/texts/crime.ts', use('#server/modules/notices/index.ts')],
  ['modules-downhill-patterns', 'src/server/modules/patterns/crime.ts', use('#server/modules/notices/index.ts')],
  ['modules-downhill-assistant', 'src/server/modules/assistant/crime.ts', use('#server/modules/notices/index.ts')],
  ['modules-downhill-briefs', 'src/server/modules/briefs/crime.ts', use('#server/modules/notices/index.ts')],
  ['modules-downhill-opendata', 'src/server/modules/opendata/crime.ts', use('#server/modules/notices/index.ts')],
  ['modules-downhill-planning', 'src/server/modules/planning/crime.ts', use('#server/modules/notices/index.ts')],
  ['modules-downhill-events', 'src/server/modules/events/climb.ts', use('#server/modules/operations/index.ts')],
  ['modules-downhill-operations', 'src/server/modules/operations/crime.ts', use('#server/modules/sensing/index.ts')],
  ['modules-downhill-sensing', 'src/server/modules/sensing/crime.ts', use('#server/modules/warnings/index.ts')],
  ['modules-downhill-incidents', 'src/server/modules/incidents/crime.ts', use('#server/modules/sensing/index.ts')],
  ['modules-downhill-warnings', 'src/server/modules/warnings/crime.ts', use('#server/modules/incidents/index.ts')],
  ['modules-downhill-notices', 'src/server/modules/notices/crime.ts', use('#server/modules/integrations/index.ts')],
  ['compute-only-computes', 'src/server/compute/crime.ts', use('#server/modules/identity/index.ts')],
  ['front-door-events', 'src/server/modules/analytics/crime.ts', use('#server/modules/events/innocent.ts')],
  ['everything-resolves', 'src/kit/lost.ts', use('./nowhere.ts')],
  ['no-cycles', 'src/kit/ring-a.ts', "import { b } from './ring-b.ts';\nexport const a = (): number => b();\n"],
];

const innocents = [
  'src/kit/innocent.ts',
  'src/contract/innocent.ts',
  'src/engine/reach/innocent.ts',
  'src/server/http/innocent.ts',
  'src/server/modules/events/innocent.ts',
  'src/server/modules/events/index.ts',
  'src/server/modules/identity/index.ts',
  ...[
    'people',
    'stations',
    'partners',
    'volunteers',
    'supplies',
    'services',
    'operations',
    'sensing',
    'incidents',
    'warnings',
    'notices',
    'integrations',
    'needs',
    'lifecircle',
    'shortfalls',
    'planning',
  ].map((name) => `src/server/modules/${name}/index.ts`),
  'src/web/features/field/innocent.ts',
  'src/wire.ts',
  'src/demo/innocent.ts',
];

describe('the dependency law', () => {
  it('holds in the house', () => {
    const { violations, files } = cruise(root);
    expect(violations).toEqual([]);
    expect(files).toBeGreaterThan(100);
  }, 120_000);

  const folder = plantTree({
    ...Object.fromEntries(innocents.map((path) => [path, one])),
    ...Object.fromEntries(crimes.map(([, path, text]) => [path, text])),
    'src/kit/ring-b.ts': "import { a } from './ring-a.ts';\nexport const b = (): number => a();\n",
  });
  const found = cruise(folder).violations;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(crimes)('finds a breach of %s', (rule, path) => {
    expect(found.filter((v) => v.from === path).map((v) => v.rule)).toContain(rule);
  });

  it('accuses nobody else', () => {
    const guilty = new Set([...crimes.map(([, path]) => path), 'src/kit/ring-b.ts']);
    expect(found.filter((v) => !guilty.has(v.from))).toEqual([]);
  });
});
