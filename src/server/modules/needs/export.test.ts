import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemScope } from '#server/db/scope.ts';
import { createEventsWorld, type World } from '../../../../test/helpers/events-world.ts';
import { createNeeds, type Needs } from './index.ts';
import { groupTexts } from './rules-list.ts';

describe('groups as a list that leaves the house tells them', () => {
  test('no number of a special group of a few', () => {
    const told = groupTexts([{ groupCode: 'elder', people: 30 }, { groupCode: 'disabled', people: 2 }, { groupCode: 'child', people: 4 }], 5); // prettier-ignore
    expect(told).toEqual([
      { code: 'elder', people: 30 },
      { code: 'child', people: null },
      { code: 'disabled', people: null },
    ]);
  });

  test('nor one that the total would give away', () => {
    expect(groupTexts([{ groupCode: 'all', people: 40 }, { groupCode: 'disabled', people: 2 }], 5)).toEqual([
      { code: 'all', people: null },
      { code: 'disabled', people: null },
    ]); // prettier-ignore
  });

  test('of everybody any number may be told', () => {
    expect(groupTexts([{ groupCode: 'all', people: 1 }], 5)).toEqual([{ code: 'all', people: 1 }]);
  });
});

describe('the list as a file', () => {
  let world: World;
  let needs: Needs;
  beforeAll(async () => {
    world = await createEventsWorld();
    const { database, territory, clock } = world;
    needs = createNeeds({ database, territory, clock, names: async () => new Map() });
    const said = { saidMs: clock.now(), people: 7, classCode: null, groupCode: null, point: null } as const;
    await database.inTx(systemScope, async (tx) => {
      await needs.queries.hear(tx, { ...said, source: 'hotline', sourceRef: 'H1', text: '=没有菜市场', areaCode: '500103004001' }); // prettier-ignore
      await needs.queries.hear(tx, { ...said, source: 'survey', sourceRef: 'S1', text: '没有药店', areaCode: '500103004002' }); // prettier-ignore
    });
  });
  afterAll(() => world.close());

  test.each(['xlsx', 'docx'] as const)('%s holds what the reader sees and nothing else', async (format) => {
    const file = await needs.file(world.as.secretary, { format, lang: 'zh' });
    expect(file.name).toBe(`东村社区 服务需求清单-2026-06-15.${format}`);
    const text = textIn(file.bytes, format);
    expect(text).toContain('=没有菜市场');
    expect(text).toContain('民呼我为 1');
    expect(text).not.toContain('没有药店');
    // A cell that begins like a formula is words.
    expect(text).not.toMatch(/<f>/);
  });
});

/** The text of the part of the file that holds the table. */
function textIn(bytes: Uint8Array, format: 'xlsx' | 'docx'): string {
  const parts = unzipSync(bytes);
  const names = format === 'docx' ? ['word/document.xml'] : Object.keys(parts).filter((name) => name.startsWith('xl/'));
  return names.map((name) => strFromU8(parts[name] ?? new Uint8Array())).join('\n');
}
