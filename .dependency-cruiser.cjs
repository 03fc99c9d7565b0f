/** The dependency law: arrows point to what may be imported. Each rule has a planted crime in test/architecture. */
const modules = [
  'ledger',
  'identity',
  'grids',
  'people',
  'force',
  'events',
  'operations',
  'groups',
  'sensing',
  'incidents',
  'warnings',
  'visits',
  'inspections',
  'coverage',
  'stations',
  'partners',
  'volunteers',
  'supplies',
  'bookings',
  'activities',
  'services',
  'facilities',
  'needs',
  'lifecircle',
  'shortfalls',
  'planning',
  'analytics',
  'texts',
  'patterns',
  'briefs',
  'opendata',
  'assistant',
  'notices',
  'integrations',
];
/** Those of one level stand side by side: people and force, sensing and warnings. Neither may import the other. */
const level = {
  ledger: 0,
  identity: 1,
  grids: 2,
  people: 3,
  force: 3,
  events: 4,
  operations: 5,
  groups: 5,
  sensing: 6,
  incidents: 6,
  warnings: 6,
  visits: 7,
  inspections: 7,
  coverage: 8,
  stations: 7,
  partners: 8,
  volunteers: 9,
  supplies: 9,
  bookings: 9,
  activities: 9,
  services: 10,
  facilities: 11,
  needs: 12,
  lifecircle: 13,
  shortfalls: 14,
  planning: 15,
  analytics: 16,
  texts: 16,
  patterns: 17,
  assistant: 17,
  briefs: 18,
  opendata: 18,
  notices: 19,
  integrations: 20,
};
const tests = '\\.(test|fixture)\\.tsx?$';
const inModule = (name) => `^src/server/modules/${name}/`;

const downhill = modules
  .map((name) => {
    const above = modules.filter((other) => other !== name && level[other] >= level[name]);
    return {
      name: `modules-downhill-${name}`,
      comment: `${name} may import only modules below it; to tell someone uphill, write a ledger line and let wire subscribe them.`,
      severity: 'error',
      from: { path: inModule(name), pathNot: tests },
      to: { path: `^src/server/modules/(${above.join('|')})/` },
    };
  })
  .filter((rule) => !rule.to.path.includes('()'));

const frontDoor = modules.map((name) => ({
  name: `front-door-${name}`,
  comment: `Outside ${name} only its index.ts may be imported.`,
  severity: 'error',
  from: { path: '^(src|bench|tools)/', pathNot: [`${inModule(name)}`, tests, '^src/demo/', '^bench/'] },
  to: { path: inModule(name), pathNot: `${inModule(name)}index\\.ts$` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Files that need one another at run time. Types are erased: a part may name the type of the whole it belongs to.',
      severity: 'error',
      from: { pathNot: tests },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'kit-imports-nothing',
      severity: 'error',
      from: { path: '^src/kit/', pathNot: tests },
      to: { pathNot: '^src/kit/' },
    },
    {
      name: 'contract-imports-kit-and-zod',
      severity: 'error',
      from: { path: '^src/contract/', pathNot: tests },
      to: { pathNot: ['^src/(contract|kit)/', 'node_modules/zod/'] },
    },
    {
      name: 'engine-imports-kit-only',
      severity: 'error',
      from: { path: '^src/engine/', pathNot: tests },
      to: { path: '^src/', pathNot: '^src/(engine|kit)/' },
    },
    {
      name: 'engine-does-no-io',
      severity: 'error',
      from: { path: '^src/engine/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'web-never-imports-server',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/(server|demo|cli)|^src/(main|wire|config)\\.ts$' },
    },
    {
      name: 'web-imports-no-node',
      severity: 'error',
      from: { path: '^src/web/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'web-features-are-strangers',
      severity: 'error',
      from: { path: '^src/web/features/([^/]+)/', pathNot: tests },
      to: { path: '^src/web/features/([^/]+)/', pathNot: '^src/web/features/$1/' },
    },
    {
      name: 'only-http-knows-fastify',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/server/http/', '^src/(wire|main)\\.ts$', '^src/wiring/', tests] },
      to: { path: 'node_modules/(fastify|@fastify)/' },
    },
    {
      name: 'only-db-knows-the-pool',
      severity: 'error',
      from: { path: '^src/server/modules/', pathNot: tests },
      to: { path: '^src/server/(http|jobs|mqtt)/' },
    },
    {
      name: 'compute-only-computes',
      comment: 'A worker thread has no database and no session: what a task needs comes with its input.',
      severity: 'error',
      from: { path: '^src/server/compute/', pathNot: tests },
      to: { path: '^src/server/(modules|http|db|jobs|mqtt|net|vault)/' },
    },
    {
      name: 'nobody-imports-wire',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|wire|cli|gen)\\.ts$|^src/(cli|wiring)/' },
      to: { path: '^src/(main|wire)\\.ts$|^src/wiring/' },
    },
    {
      name: 'server-never-imports-demo',
      severity: 'error',
      from: { path: '^src/(server|kit|engine|contract|web)/', pathNot: tests },
      to: { path: '^src/demo/' },
    },
    {
      name: 'no-dev-packages-in-the-program',
      severity: 'error',
      from: { path: '^src/(server|kit|engine|contract|demo|main|wir(e|ing)|config|cli)', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/(@types|kysely)/' },
    },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...downhill,
    ...frontDoor,
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
