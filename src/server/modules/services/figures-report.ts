/** The monthly report: what it says, before it is a Word document, a PDF or a workbook. In Chinese: it goes to the street. */
import type { Input } from '#contract/route.ts';
import type { serviceFigureRoutes } from '#contract/service-figures.ts';
import { toIsoDate } from '#engine/worktime/days.ts';
import { weekdayWords, type Report, type ReportSection } from '#server/files/report.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { DeliveredLine, FigureParts, FigureStation, ShortLine } from './figures-parts.ts';
import { chosen, demandOf, figuresOf, momentOf, todayOf, type Figures } from './figures-queries.ts';
import { periodOf, type Gap } from './figures-rules.ts';
import { countHeads } from './figures-store-records.ts';

type Query = Input<(typeof serviceFigureRoutes)['report']>['query'];

const visitorWords: Readonly<Record<string, string>> = {
  resident: '居民',
  tourist: '游客',
  outdoor_worker: '户外劳动者',
  new_employment: '新就业群体',
  other: '其他',
  untold: '未说',
};

/** Everything of one month, as it stands now. @throws AppError not_found; bad_input for a month that has not begun */
export async function makeReport(parts: FigureParts, actor: Actor, query: Query): Promise<Report> {
  const { stations, ids } = await chosen(parts, actor, { period: 'day', station: query.station, area: query.area });
  const days = periodOf({ kind: 'month', day: `${query.month}-01` }, todayOf(parts.clock.now()));
  const moment = momentOf(days);
  const facts = await parts.database.read(systemScope, async (tx) => {
    const figures = await figuresOf(parts, tx, { stations, ids, days });
    const activities = await parts.listActivities(tx, { stations: ids, ...moment });
    return {
      figures,
      demand: await demandOf(parts, tx, ids, days),
      activities,
      heads: await countHeads(
        tx,
        activities.map(({ id }) => id),
      ),
      delivered: await parts.listDelivered(tx, { stations: ids, ...moment }),
      short: await parts.listShort(tx, { stations: ids, ...moment }),
    };
  });
  return layOut(nameOf(parts, stations, query), { ...facts, stations, madeMs: parts.clock.now() });
}

const eightHoursMs = 8 * 3_600_000;

function nameOf({ territory }: FigureParts, stations: readonly FigureStation[], { station, area }: Query): string {
  if (station !== undefined) return stations[0]?.name ?? '';
  if (area !== undefined) return `${territory.area(area)?.name ?? area}小红伞驿站`;
  return stations.length === 1 ? (stations[0]?.name ?? '') : `小红伞驿站（${stations.length} 处）`;
}

interface Facts {
  figures: Figures;
  demand: { gaps: readonly Gap[]; rosterDays: number; rule: { perVolunteer: number; leastPersons: number } };
  activities: readonly {
    id: string;
    stationId: string;
    title: string;
    startsAt: Date;
    state: string;
    reason: string;
  }[];
  heads: ReadonlyMap<string, number>;
  delivered: readonly DeliveredLine[];
  short: readonly ShortLine[];
  stations: readonly FigureStation[];
  madeMs: number;
}

/** Lays the month out, section by section; a section without facts says so instead of being left out. */
export function layOut(name: string, facts: Facts): Report {
  const { figures, madeMs } = facts;
  const { from, to, whole } = figures.span;
  const until = whole ? '' : `（截至 ${Number(to.slice(8))} 日）`;
  return {
    title: `${name}服务月报`,
    subtitle: `${Number(from.slice(0, 4))} 年 ${Number(from.slice(5, 7))} 月${until}`,
    madeMs,
    sections: [
      overview(figures),
      kinds(figures),
      hours(figures),
      gaps(facts),
      weather(figures),
      visitors(figures),
      ...(facts.stations.length > 1 ? [stationsPart(figures)] : []),
      partners(facts),
      shortages(facts),
      activityList(facts),
      meanings,
    ],
    signature: [name, dayWords(new Date(madeMs + eightHoursMs).toISOString().slice(0, 10))],
  };
}

const dayWords = (day: string): string =>
  `${Number(day.slice(0, 4))} 年 ${Number(day.slice(5, 7))} 月 ${Number(day.slice(8))} 日`;

interface Both {
  now: number;
  before: number;
}

/** '+12.5%'; where there was nothing before, no share can be told. */
export function changeWords({ now, before }: Both): string {
  if (before === 0) return now === 0 ? '持平' : '上期为 0';
  const share = ((now - before) / before) * 100;
  return `${share > 0 ? '+' : ''}${share.toFixed(1)}%`;
}

function overview({ persons, records, activities, span, trend }: Figures): ReportSection {
  const row = (what: string, both: Both) => [what, both.now, both.before, changeWords(both)];
  const most = trend.items.reduce((best, day) => (day.persons > best.persons ? day : best), {
    from: span.from,
    persons: 0,
  });
  const busiest = most.persons === 0 ? [] : [`最多的一天是 ${dayWords(most.from)}，${most.persons} 人次。`];
  return {
    heading: '总览',
    text: [`上期为 ${dayWords(span.before.from)}至 ${dayWords(span.before.to)}。`, ...busiest],
    table: {
      heads: ['', '本期', '上期', '增减'],
      rows: [row('服务人次', persons), row('服务记录（条）', records), row('已办活动（场）', activities)],
    },
    chart: {
      words: `每日服务人次，1 日至 ${trend.items.length} 日`,
      labels: trend.items.map((_, k) => String(k + 1)),
      values: trend.items.map((day) => day.persons),
    },
  };
}

const countedRows = (rows: Figures['byKind']): (string | number)[][] =>
  rows.map(({ name, persons }) => [name, persons.now, persons.before, changeWords(persons)]);

function countedSection(
  heading: string,
  what: string,
  rows: Figures['byKind'],
  text: readonly string[],
): ReportSection {
  const there = rows.filter(({ persons }) => persons.now > 0 || persons.before > 0);
  if (there.length === 0) return { heading, text: ['本期没有记录。'] };
  return { heading, text, table: { heads: [what, '本期人次', '上期人次', '增减'], rows: countedRows(there), bar: 1 } };
}

const kinds = ({ byKind }: Figures) => countedSection('服务种类', '种类', byKind, []);
const weather = ({ byWeather }: Figures) =>
  countedSection('天气', '当时的预警', byWeather, ['按给出服务时驿站所在地正在生效的最高预警计。']);
const stationsPart = ({ byStation }: Figures) => countedSection('各驿站', '驿站', byStation, []);

function hours({ hours: table, days }: Figures): ReportSection {
  const busy = Array.from({ length: 24 }, (_, hour) => table.some((row) => (row[hour] ?? 0) > 0));
  const [first, last] = [busy.indexOf(true), busy.lastIndexOf(true)];
  const heading = '什么时候来';
  if (first < 0) return { heading, text: ['本期没有记录。'] };
  const rows = table.map((row, weekday) =>
    row.slice(first, last + 1).map((n) => ((days[weekday] ?? 0) === 0 ? 0 : Math.round(n / (days[weekday] ?? 1)))),
  );
  return { heading, text: ['每格为这个钟点平均的服务人次。'], heat: { fromHour: first, rows } };
}

function gaps({ demand }: Facts): ReportSection {
  const heading = '来的人多、在岗的人少的时段';
  const rule = `列出平均 ${demand.rule.leastPersons} 人次以上、且每名在岗志愿者每小时超过 ${demand.rule.perVolunteer} 人次的时段。这是事实，不是安排。`;
  if (demand.rosterDays === 0) return { heading, text: ['本期没有排班，无从比较。'] };
  if (demand.gaps.length === 0) return { heading, text: [rule, '本期没有这样的时段。'] };
  return { heading, text: [rule, ...demand.gaps.map(gapWords)] };
}

/** '周六 14–16 点 平均 38 人次，在岗 1 人' */
export const gapWords = ({ weekday, fromHour, toHour, persons, onDuty }: Gap): string =>
  `${weekdayWords[weekday] ?? ''} ${fromHour}–${toHour} 点 平均 ${persons} 人次，在岗 ${onDuty} 人`;

function visitors({ visitors: { told, share, least, items } }: Figures): ReportSection {
  const heading = '来的是谁（自愿说明）';
  const words =
    told === null || share === null
      ? `说明身份的不足 ${least} 人次，不列出。`
      : `${told} 人次说明了身份，占 ${(share * 100).toFixed(1)}%；其余未说。少于 ${least} 的不列出，以免指向个人。`;
  if (told === null || told === 0) return { heading, text: [words] };
  const cellOf = (n: number | null) => n ?? '较少';
  return {
    heading,
    text: [words],
    table: {
      heads: ['身份', '本期人次', '上期人次'],
      rows: items.map(({ code, persons, before }) => [visitorWords[code] ?? code, cellOf(persons), cellOf(before)]),
      bar: 1,
    },
  };
}

function partners({ delivered, figures: { byPartner } }: Facts): ReportSection {
  const heading = '社区合伙人';
  const given = byPartner.map(({ name, persons }) => [name, '服务', persons.now, '人次']);
  const rows = [
    ...given,
    ...delivered.map(({ partnerName, what, quantity, unit }) => [partnerName, what, quantity, unit]),
  ];
  if (rows.length === 0) return { heading, text: ['本期没有记下合伙人的服务或兑现。'] };
  return { heading, text: [], table: { heads: ['合伙人', '提供', '数量', '单位'], rows } };
}

function shortages({ short }: Facts): ReportSection {
  const heading = '短缺的物资';
  if (short.length === 0) return { heading, text: ['本期没有记下短缺。'] };
  const rows = short.map(({ stationName, itemName, times, most, unit }) => [
    stationName,
    itemName,
    times,
    `${most} ${unit}`,
  ]);
  const text = ['存量低于最低存量、需要补货的。'];
  return { heading, text, table: { heads: ['驿站', '物资', '次数', '最多时缺'], rows } };
}

function activityList({ activities, heads, stations }: Facts): ReportSection {
  const heading = '活动';
  if (activities.length === 0) return { heading, text: ['本期没有活动。'] };
  const names = new Map(stations.map(({ id, name }) => [id, name]));
  const many = stations.length > 1;
  const rows = activities.map(({ id, stationId, title, startsAt, state, reason }) => [
    localTime(startsAt),
    ...(many ? [names.get(stationId) ?? ''] : []),
    title,
    state === 'cancelled' ? `取消：${reason}` : `${heads.get(id) ?? 0} 人次`,
  ]);
  return { heading, text: [], table: { heads: ['时间', ...(many ? ['驿站'] : []), '活动', '到场'], rows } };
}

const localTime = (at: Date): string => {
  const text = new Date(at.getTime() + eightHoursMs).toISOString();
  return `${text.slice(5, 10)} ${text.slice(11, 16)}`;
};

const meanings: ReportSection = {
  heading: '口径',
  text: [
    '服务人次：每条服务记录里的人数之和；同一个人来两次算两次。更正掉的记录不计。',
    '已办活动：本期开始并已记为“已办”的活动；到场人次由服务记录相加。',
    '上期：与本期同样天数的上一个期间；本期没过完时，只比到上期的同一天。',
    '各项数字都由记录算出，没有另行填写。',
  ],
};

/** '2026-07' of a local day number. */
export const monthOf = (day: number): string => toIsoDate(day).slice(0, 7);
