/** Half a year of looks at the risk points of the demo street: by their cycles, with what was missed, found and not reached. */
import { pickOne, randomBetween, seededRandom, type Rng } from '#kit/random.ts';
import { checklistOf, type Answered } from '#server/modules/inspections/dictionaries.ts';
import { ruleFor, type Rule } from '#server/modules/inspections/rules.ts';
import { seededId } from '../ids.ts';
import type { MemoryCase } from '../history/perform.ts';
import { dayMs } from '../history/rhythm.ts';
import type { DemoRisk } from './make-ground.ts';
import { demoSeed } from './make-town.ts';

const historyDays = 180;
/** Points that were photographed at every look. */
const photographed = 8;

export interface DemoLook {
  id: string;
  taskId: string;
  atMs: number;
  dueMs: number;
  result: 'fine' | 'finding' | 'not_reachable';
  answers: Answered[];
  note: string;
  event: MemoryCase['rows']['event'] | null;
  /** What its photo shows; null: there is none. */
  picture: 'before' | 'after' | null;
}

export interface Inspected {
  risk: DemoRisk;
  looks: DemoLook[];
  /** Of the last look that reached it; null: there was none. */
  last: DemoLook | null;
  dueMs: number;
}

interface Making {
  rng: Rng;
  nowMs: number;
  rules: readonly Rule[];
}

export interface InspectionsWish {
  risks: readonly DemoRisk[];
  cases: readonly MemoryCase[];
  /** Category code → name. */
  categoryName: (code: string) => string;
  rules: readonly Rule[];
  nowMs: number;
  /** Whose day is to have something to do. */
  workerId: string | null;
}

/** Everything follows from the seed, the points, the events and the time. */
export function makeInspections({ risks, cases, categoryName, rules, nowMs, workerId }: InspectionsWish): Inspected[] {
  const making: Making = { rng: seededRandom(demoSeed + 12), nowMs, rules };
  const own = risks.filter(({ responsibleId }) => responsibleId !== null && responsibleId === workerId);
  const dueToday = new Map(own.slice(0, 3).map(({ id }, k) => [id, dueOffsets[k] ?? 0]));
  const findings = findingsOf(cases, categoryName);
  let photos = 0;
  return risks.map((risk, k) => {
    const inspected = inspect(making, risk, dueToday.get(risk.id) ?? (own.includes(risk) ? 'later' : 'any'));
    attachFinding(inspected, findings, nowMs);
    if ((k < 4 || dueToday.has(risk.id)) && photos++ < photographed) photograph(inspected);
    return inspected;
  });
}

/** Days until the first points of the story's worker are due: one is late, two are due today. */
const dueOffsets = [-1, 0.2, 0.3];

function inspect({ rng, nowMs, rules }: Making, risk: DemoRisk, wanted: number | 'later' | 'any'): Inspected {
  const cycleMs = (risk.cycleDays ?? ruleFor(rules, risk).days) * dayMs;
  const looks: DemoLook[] = [];
  const lastMs = lastLookMs(rng, nowMs, cycleMs, wanted);
  // Backwards from the last one: whole cycles, now and then one that was missed.
  for (let atMs = lastMs; atMs > nowMs - historyDays * dayMs;) {
    const missed = rng() < 0.08;
    const intervalMs = cycleMs * (missed ? 1.7 : 0.92 + rng() * 0.14);
    looks.unshift(look(rng, risk, atMs, Math.min(atMs, atMs - intervalMs + cycleMs)));
    atMs = atDaytime(rng, atMs - intervalMs);
  }
  const last = looks.findLast(({ result }) => result !== 'not_reachable') ?? null;
  return { risk, looks, last, dueMs: (last?.atMs ?? lastMs) + cycleMs };
}

function lastLookMs(rng: Rng, nowMs: number, cycleMs: number, wanted: number | 'later' | 'any'): number {
  if (typeof wanted === 'number') return nowMs + wanted * dayMs - cycleMs;
  const late = wanted === 'any' && rng() < 0.04;
  const spentMs = late ? cycleMs + randomBetween(rng, 0.2, 6) * dayMs : cycleMs * randomBetween(rng, 0.02, 0.93);
  return Math.min(nowMs - 3_600_000, atDaytime(rng, nowMs - spentMs));
}

/** Between 08:30 and 18:00 in Shanghai of the same day there. */
function atDaytime(rng: Rng, ms: number): number {
  const shift = 8 * 3_600_000;
  return Math.floor((ms + shift) / dayMs) * dayMs - shift + Math.floor(randomBetween(rng, 8.5, 18) * 3_600_000);
}

const findingNotes = ['已当场提醒整改', '通知责任单位处理', '拍照留存，约定复查'];
const fineNotes = ['', '', '', '与上次相同', '正常'];

function look(rng: Rng, risk: DemoRisk, atMs: number, dueMs: number): DemoLook {
  const chance = rng();
  const result = chance < 0.012 ? 'not_reachable' : chance < 0.06 ? 'finding' : 'fine';
  const items = checklistOf(risk.kind);
  const wrong = result === 'finding' ? pickOne(rng, items).code : null;
  return {
    id: seededId(rng, atMs),
    taskId: seededId(rng, atMs, 1),
    atMs,
    dueMs,
    result,
    answers:
      result === 'not_reachable'
        ? []
        : items.map(({ code, words, wordsEn }) => ({ code, words, wordsEn, ok: code !== wrong })),
    note:
      result === 'not_reachable'
        ? '门锁着，联系不上管理人'
        : pickOne(rng, result === 'finding' ? findingNotes : fineNotes),
    event: null,
    picture: null,
  };
}

/** What grid workers and patrols reported of such things: a finding of one of these points, where there is one in its grid. */
const categories: Readonly<Record<string, readonly string[]>> = {
  fire: ['消防设施损坏', '乱堆物料'],
  charging: ['消防设施损坏'],
  gas: ['燃气使用隐患'],
  cable_well: ['雨水井盖', '架空线缆损坏'],
  flood: ['下水道堵塞'],
  slope: ['积存渣土'],
  building: ['危旧房'],
  facade: ['招牌破损'],
};

function findingsOf(cases: readonly MemoryCase[], categoryName: (code: string) => string): Map<string, MemoryCase[]> {
  const found = cases.filter(
    ({ rows: { event } }) => event.grid !== null && (event.channel === 'grid_worker' || event.channel === 'patrol'),
  );
  return Map.groupBy(found, ({ rows: { event } }) => `${event.grid} ${categoryName(event.categoryCode)}`);
}

function attachFinding({ risk, looks }: Inspected, findings: Map<string, MemoryCase[]>, nowMs: number): void {
  const keys = (categories[risk.kind] ?? []).map((name) => `${risk.areaCode.slice(0, 15)} ${name}`);
  for (const key of keys) {
    const live = findings.get(key)?.pop();
    if (live === undefined) continue;
    const { event } = live.rows;
    // The look that was nearest to the report is the one that found it.
    const nearest = looks.toSorted(
      (a, b) => Math.abs(a.atMs - event.reportedMs) - Math.abs(b.atMs - event.reportedMs),
    )[0];
    if (nearest === undefined || event.reportedMs > nowMs || Math.abs(nearest.atMs - event.reportedMs) > 3 * dayMs)
      continue;
    nearest.result = 'finding';
    nearest.event = event;
    nearest.note = '已生成事件';
    return;
  }
}

/** The last five looks have a photo; what was found is seen before and after. */
function photograph({ looks }: Inspected): void {
  for (const one of looks.slice(-5)) one.picture = one.result === 'finding' ? 'before' : 'after';
  const first = looks.at(-5);
  if (first !== undefined && first.result !== 'not_reachable') first.picture = 'before';
}
