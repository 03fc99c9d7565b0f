import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codePath } from '#engine/territory/area-code.ts';
import { createTestDatabase, type TestDatabase } from '#test/helpers/db.ts';
import { openDatabase, type Database } from './pool.ts';
import { systemScope } from './scope.ts';
import { withinAreas } from './within-areas.ts';

let home: TestDatabase;
let database: Database;
beforeAll(async () => {
  home = await createTestDatabase();
  database = openDatabase(home.url, { max: 1 });
});
afterAll(async () => {
  await database.close();
  await home.drop();
});

const digits = (least: number, most: number, width: number) =>
  fc.integer({ min: least, max: most }).map((n) => String(n).padStart(width, '0'));
/** Codes of all tiers under few parents, so that many lie within one another or nearly do. */
const code = fc
  .tuple(
    fc.constantFrom('500100', '500103', '500105', '510100', '510104'),
    fc.array(digits(1, 3, 3), { maxLength: 3 }),
    fc.option(digits(1, 3, 2)),
  )
  .map(([first, parts, micro]) => {
    const below = first.endsWith('00') ? '' : parts.join('');
    return `${first}${below}${below.length === 9 && micro !== null ? micro : ''}`;
  });

test('asks of the code what the scope asks of the path', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(code, { minLength: 1, maxLength: 30 }),
      fc.array(code, { maxLength: 4 }),
      async (codes, areas) => {
        const rows = codes.map((one) => ({ area_code: one, path: codePath(one) }));
        const columns = { areaCode: sql<string>`r.area_code`, path: sql<string[]>`r.path` };
        const found = await database.read(systemScope, ({ db }) =>
          sql<{ code: string }>`select r.area_code as code
            from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(area_code text, path text[])
            where ${withinAreas(columns, areas)}`.execute(db),
        );
        const inside = rows.filter(({ path }) => areas.some((area) => path.includes(area)));
        expect(found.rows.map((row) => row.code).toSorted()).toEqual(inside.map((row) => row.area_code).toSorted());
      },
    ),
    { numRuns: 300 },
  );
});
