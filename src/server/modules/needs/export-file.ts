/** 服务需求清单 as a workbook or a Word document: the need, where, for whom, from how many sources, how it stands. */
import writeExcelFile from 'write-excel-file/node';
import type { needRoutes } from '#contract/needs.ts';
import type { NeedSource, NeedState } from '#contract/needs-views.ts';
import type { Input } from '#contract/route.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { tableDocx } from '#server/files/table-docx.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { ruleOf } from './dictionary.ts';
import type { NeedsParts } from './parts.ts';
import { filterOf } from './queries.ts';
import { groupTexts, type GroupCount } from './rules-list.ts';
import { listNeeds, type NeedRow } from './store.ts';
import { countGroups, countSources } from './store-voice.ts';

type Query = Input<(typeof needRoutes)['export']>['query'];
type Lang = Query['lang'];

/** More lines than anybody hands round. */
const mostLines = 3_000;
const types = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

const words = {
  zh: {
    list: '服务需求清单',
    heads: ['序号', '需求', '设施类别', '区域', '人群', '声音（条）', '人次', '来源数', '来源', '首次提出', '最近提出', '状态', '理由'], // prettier-ignore
    unknown: '未定',
    count: (n: number, voices: number, people: number) => `共 ${n} 项需求，${voices} 条声音，${people} 人次。`,
    few: '（人数不写明）',
    made: (day: string) => `制表日期 ${day}。`,
    note: (n: number) =>
      `声音：有人说过一次算一条，相同的需求并在一起，一条不少。人群少于 ${n} 人次的不写明人次。原话中的个人信息已去掉。`,
    states: {
      open: '已听到',
      listed: '已列入清单',
      planned: '已有项目',
      met: '已满足',
      declined: '不予采纳',
      merged: '已并入',
    },
    sources: {
      hotline: '民呼我为',
      meeting: '网格会议',
      visit: '入户走访',
      survey: '居民问卷',
      event: '上报事件',
      booking: '约不到的服务',
      desk: '工作人员记录',
    },
  },
  en: {
    list: 'List of service needs',
    heads: ['No.', 'Need', 'Class', 'Area', 'For whom', 'Voices', 'People', 'Sources', 'From', 'First', 'Latest', 'State', 'Reason'], // prettier-ignore
    unknown: 'not known',
    count: (n: number, voices: number, people: number) => `${n} needs, ${voices} voices, for ${people} people.`,
    few: '(number not told)',
    made: (day: string) => `Made on ${day}.`,
    note: (n: number) =>
      `A voice is one time somebody said it; like needs are put together and none is lost. Groups of fewer than ${n} people are not told in numbers. Personal data was taken out of what was said.`,
    states: {
      open: 'heard',
      listed: 'on the list',
      planned: 'planned',
      met: 'met',
      declined: 'declined',
      merged: 'merged',
    },
    sources: {
      hotline: 'hotline',
      meeting: 'grid meeting',
      visit: 'home visit',
      survey: 'survey',
      event: 'event',
      booking: 'could not be booked',
      desk: 'noted by staff',
    },
  },
} as const satisfies Record<
  Lang,
  { states: Record<NeedState, string>; sources: Record<NeedSource, string> } & Record<string, unknown>
>;

const widths = [6, 34, 20, 18, 26, 10, 10, 8, 34, 12, 12, 12, 30];

/** What the actor sees under these filters. */
export async function makeNeedFile(
  parts: NeedsParts,
  actor: Actor,
  query: Query,
): Promise<{ name: string; type: string; bytes: Uint8Array }> {
  const { format, lang } = query;
  const w = words[lang];
  const scope = scopeFor(actor, 'circle.read');
  const facts = await parts.database.read(scope, async (tx) => {
    const rows = await listNeeds(tx, filterOf(query), null, mostLines);
    const ids = rows.map(({ id }) => id);
    return {
      rows,
      groups: Map.groupBy(await countGroups(tx, ids), ({ needId }) => needId),
      sources: Map.groupBy(await countSources(tx, ids), ({ needId }) => needId),
    };
  });
  const areas = query.area === undefined ? scope.areas : [query.area];
  const place = areas.map((code) => parts.territory.area(code)?.name ?? code).join('、');
  const day = dayOf(parts.clock.now());
  const least = ruleOf(parts.words, 'suppress_below');
  const table = facts.rows.map((row, k) =>
    lineOf(parts, lang, {
      row,
      number: k + 1,
      groups: facts.groups.get(row.id) ?? [],
      sources: facts.sources.get(row.id) ?? [],
    }),
  );
  const sum = (of: (row: NeedRow) => number): number => facts.rows.reduce((all, row) => all + of(row), 0);
  const subtitle = w.count(facts.rows.length, sum(({ voices }) => voices), sum(({ people }) => people)); // prettier-ignore
  const notes = [w.note(least), w.made(day)];
  const title = `${place} ${w.list}`.trim();
  const bytes =
    format === 'docx'
      ? await tableDocx({ title, subtitle, heads: [...w.heads], rows: table, notes })
      : await workbook({ title, sheet: w.list, subtitle, heads: w.heads, table, notes });
  return { name: `${title}-${day}.${format}`, type: types[format], bytes };
}

interface Line {
  row: NeedRow;
  number: number;
  groups: readonly GroupCount[];
  sources: readonly { source: NeedSource; voices: number }[];
}

function lineOf(parts: NeedsParts, lang: Lang, { row, number, groups, sources }: Line): (string | number)[] {
  const w = words[lang];
  const { classes, groups: known } = parts.words;
  const nameOf = (word: { name: string; nameEn: string } | undefined, code: string): string =>
    word === undefined ? code : lang === 'zh' ? word.name : word.nameEn;
  const least = ruleOf(parts.words, 'suppress_below');
  const who = groupTexts(groups, least).map(
    ({ code, people }) => `${nameOf(known.get(code), code)} ${people ?? w.few}`,
  );
  return [
    number,
    row.title,
    row.classCode === null ? w.unknown : nameOf(classes.get(row.classCode), row.classCode),
    parts.territory.area(row.areaCode)?.name ?? row.areaCode,
    who.join('、'),
    row.voices,
    row.people,
    sources.length,
    sources.map(({ source, voices }) => `${w.sources[source]} ${voices}`).join('、'),
    dayOf(row.firstAt.getTime()),
    dayOf(row.lastAt.getTime()),
    w.states[row.state],
    row.reason,
  ];
}

interface Book {
  title: string;
  sheet: string;
  subtitle: string;
  heads: readonly string[];
  table: readonly (readonly (string | number)[])[];
  notes: readonly string[];
}

/** Words are written as text, so that nothing is ever taken for a formula. */
function workbook({ title, sheet, subtitle, heads, table, notes }: Book): Promise<Buffer> {
  const bold = (value: string) => ({ value, type: String, fontWeight: 'bold' as const });
  const text = (value: string) => ({ value, type: String });
  const data = [
    [bold(title)],
    [text(subtitle)],
    heads.map(bold),
    ...table.map((row) => row.map((value) => (typeof value === 'number' ? { value, type: Number } : text(value)))),
    [],
    ...notes.map((note) => [text(note)]),
  ];
  return writeExcelFile([{ data, sheet, columns: widths.map((width) => ({ width })) }]).toBuffer();
}
