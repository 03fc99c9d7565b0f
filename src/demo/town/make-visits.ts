/** Four months of visits to the people in care, by the program's own rules; what lies open today. All of it is invented. */
import type { VisitForm } from '#contract/visits.ts';
import type { VisitMethod, VisitOutcome } from '#contract/visits-words.ts';
import { toIsoDate, weekdayOf } from '#engine/worktime/days.ts';
import { pickOne, randomInt, seededRandom, type Rng } from '#kit/random.ts';
import { formWords } from '#server/modules/visits/dictionary.ts';
import { cycleFor, type Rule } from '#server/modules/visits/rules.ts';
import { firstForm, tagsOfForm } from '#server/modules/visits/rules-form.ts';
import { dayOf, startOf, windowOf, type Window } from '#server/modules/visits/rules-plan.ts';
import { seededId } from '../ids.ts';
import type { DemoCare } from './make-ground.ts';
import { demoSeed } from './make-town.ts';

const historyDays = 120;
const dayMs = 86_400_000;

/** One try. */
export interface DemoVisit {
  id: string;
  atMs: number;
  method: VisitMethod;
  outcome: VisitOutcome;
  seen: boolean;
  rung: number;
  changes: Partial<VisitForm>;
  note: string;
}

/** A visit that was due, with its tries; open when `endedMs` is null. */
export interface DemoVisitTask {
  id: string;
  person: DemoCare;
  window: Window;
  plannedOn: string;
  endedMs: number | null;
  missedMs: number | null;
  nextTryMs: number | null;
  rung: number;
  tries: DemoVisit[];
}

/** What is known of a person at the end. */
export interface DemoVisited {
  person: DemoCare;
  form: VisitForm;
  countsAs: string[];
  last: DemoVisit;
  lastSeenMs: number;
  /** Told to have moved or died: waits for the register to be settled. */
  heldMs: number | null;
}

export interface DemoVisits {
  tasks: DemoVisitTask[];
  people: DemoVisited[];
}

/** People of whom restricted records stand apart are not planned: their visits are for others to rule. */
export function makeVisits(
  care: readonly DemoCare[],
  rules: readonly Rule[],
  at: { nowMs: number; storyGrid: string },
): DemoVisits {
  const rng = seededRandom(demoSeed + 21);
  const made: DemoVisits = { tasks: [], people: [] };
  for (const person of care) if (!person.restricted) live(rng, made, { person, rules, nowMs: at.nowMs });
  loseSome(seededRandom(demoSeed + 22), made, at);
  leaveToday(rng, made, rules, at);
  return made;
}

const lostEvery = 60;

/** Some were last told to have moved or died, within the week: on the desk somebody has to settle it. */
function loseSome(rng: Rng, made: DemoVisits, { nowMs, storyGrid }: { nowMs: number; storyGrid: string }): void {
  const community = storyGrid.slice(0, 12);
  const near = (known: DemoVisited): boolean =>
    known.person.areaCode.startsWith(community) && !known.person.areaCode.startsWith(storyGrid);
  const recent = made.people.filter(({ last }) => last.atMs > nowMs - 7 * dayMs && last.outcome === 'nothing_changed');
  const lost = [...recent.filter(near).slice(0, 2), ...recent.filter((known) => !near(known) && rng() < 1 / lostEvery)];
  for (const known of lost) {
    if (known.person.areaCode.startsWith(storyGrid)) continue;
    const { last } = known;
    last.outcome = rng() < 0.7 ? 'moved_away' : 'died';
    last.note =
      last.outcome === 'died' ? '家属告知，请核实' : pickOne(rng, ['邻居说上月搬去女儿家', '房已出租，租客不知去向']);
    last.seen = false;
    known.heldMs = last.atMs;
  }
}

interface Life {
  person: DemoCare;
  rules: readonly Rule[];
  nowMs: number;
}

/** One person's visits, from cycle to cycle until the next would lie ahead of now. */
function live(rng: Rng, made: DemoVisits, { person, rules, nowMs }: Life): void {
  const cycle = cycleFor(rules, person.tags)?.amount ?? 90;
  let form = startForm(rng, person);
  let seenMs = nowMs - historyDays * dayMs - rng() * cycle * dayMs;
  let last: DemoVisit | undefined;
  for (let guard = 0; guard < historyDays; guard++) {
    const facts = { tags: person.tags, countsAs: tagsOfForm(formWords(), form), lastMs: seenMs, changeDueMs: null };
    const window = windowOf(rules, facts, seenMs);
    if (window === undefined) return;
    const day = visitDay(rng, window);
    const atMs = startOf(day) + randomInt(rng, 9 * 60, 17 * 60 + 30) * 60_000;
    const tries = makeTries(rng, form, atMs);
    const end = tries.at(-1);
    if (end === undefined || end.atMs >= nowMs) break;
    made.tasks.push({
      id: seededId(rng, atMs, made.tasks.length % 65_536),
      person,
      window,
      plannedOn: toIsoDate(Math.min(day, window.latest)),
      endedMs: end.atMs,
      missedMs: tries.length > 1 ? (tries[0]?.atMs ?? null) : null,
      nextTryMs: null,
      rung: tries.length - 1,
      tries,
    });
    form = { ...form, ...end.changes };
    seenMs = end.atMs;
    last = end;
  }
  if (last !== undefined)
    made.people.push({ person, form, countsAs: tagsOfForm(formWords(), form), last, lastSeenMs: seenMs, heldMs: null });
}

/** Mostly within the window, on a weekday; one in twenty some days late. */
function visitDay(rng: Rng, { earliest, latest }: Window): number {
  const late = rng() < 0.05;
  let day = late ? latest + randomInt(rng, 1, 4) : randomInt(rng, earliest, latest);
  const step = late || weekdayOf(earliest) > 4 ? 1 : -1;
  while (weekdayOf(day) > 4) day += step;
  return day;
}

/** One in twenty-five finds nobody; then a neighbour knows, or the second try does. */
function makeTries(rng: Rng, form: VisitForm, atMs: number): DemoVisit[] {
  const end = makeTry(rng, form, atMs);
  if (rng() >= 0.04) return [end];
  const missed: DemoVisit = {
    ...end,
    id: seededId(rng, atMs),
    outcome: 'no_answer',
    seen: false,
    method: 'home',
    changes: {},
    note: '',
  };
  if (rng() < 0.6) return [missed, { ...end, atMs: atMs + randomInt(rng, 5, 40) * 60_000, method: 'neighbour', outcome: 'neighbour_ok', rung: 1, changes: {}, note: pickOne(rng, neighbourWords) }]; // prettier-ignore
  return [missed, { ...end, atMs: atMs + 2 * 3_600_000 + randomInt(rng, 0, 50) * 60_000, rung: 1 }];
}

const neighbourWords = ['邻居说上午去买菜了', '楼下老张说在女儿家住两天', '邻居早上见过，一切都好'];

function makeTry(rng: Rng, form: VisitForm, atMs: number): DemoVisit {
  const base = { id: seededId(rng, atMs), atMs, seen: true, rung: 0 };
  const method = pickOne(rng, ['home', 'home', 'home', 'home', 'phone', 'phone', 'video'] as const);
  const roll = rng();
  if (roll < 0.02) return { ...base, method: 'home', outcome: 'refused', changes: {}, note: '' };
  if (roll > 0.1) return { ...base, method, outcome: 'nothing_changed', changes: {}, note: '' };
  const changes = pickOne(rng, [
    { health: pickOne(rng, healthWords) },
    { helper: pickOne(rng, helperWords) },
    { needs: [...new Set([...form.needs, pickOne(rng, needWords)])].slice(-3) },
  ]);
  return { ...base, method, outcome: 'changed', changes, note: pickOne(rng, ['', '已告知家属', '下次带血压计']) };
}

const healthWords = [
  '血压偏高，按时服药',
  '血糖稳定',
  '膝盖疼，上下楼慢',
  '近期感冒已好转',
  '视力下降，做过检查',
  '身体尚可',
];
const helperWords = ['女儿每周来两次', '儿子住同小区', '邻居帮忙买菜', '社区食堂送餐', '老伴照应', '侄子每月来看'];
const needWords = ['meals', 'medicine', 'company', 'errands', 'repair', 'aids'];

function startForm(rng: Rng, { tags }: DemoCare): VisitForm {
  const first = firstForm(formWords(), tags);
  return {
    living: first.living ?? pickOne(rng, ['family', 'family', 'couple', 'carer']),
    mobility: first.mobility ?? pickOne(rng, ['walks', 'walks', 'walks', 'aid']),
    health: pickOne(rng, healthWords),
    needs: [pickOne(rng, needWords)],
    helper: pickOne(rng, helperWords),
    remark:
      rng() < 0.7
        ? pickOne(rng, ['门铃坏了，请敲门', '耳背，说话大声些', '下午在家', '家里有小狗', '先打电话再上门'])
        : '',
  };
}

/** A few visits of every worker are for today, those longest due first; here and there somebody did not answer just now. */
function leaveToday(
  rng: Rng,
  made: DemoVisits,
  rules: readonly Rule[],
  at: { nowMs: number; storyGrid: string },
): void {
  const today = dayOf(at.nowMs);
  const waiting = made.people.flatMap((known) => {
    if (known.heldMs !== null) return [];
    const facts = { tags: known.person.tags, countsAs: known.countsAs, lastMs: known.lastSeenMs, changeDueMs: null };
    const window = windowOf(rules, facts, at.nowMs);
    return window === undefined ? [] : [{ known, window }];
  });
  for (const list of Map.groupBy(waiting, ({ known }) => known.person.responsibleId).values()) {
    const story = list[0]?.known.person.areaCode.startsWith(at.storyGrid) === true;
    const soonest = list
      .filter(({ window }) => window.earliest <= today)
      .toSorted((a, b) => a.window.dueMs - b.window.dueMs);
    const wanted = story ? 6 : randomInt(rng, 1, 4);
    for (const [k, { known, window }] of soonest.slice(0, wanted).entries()) {
      const unanswered = k === wanted - 1 && (story || rng() < 0.2);
      made.tasks.push(openTask(rng, known.person, window, { today, nowMs: at.nowMs, unanswered }));
    }
  }
}

function openTask(
  rng: Rng,
  person: DemoCare,
  window: Window,
  { today, nowMs, unanswered }: { today: number; nowMs: number; unanswered: boolean },
): DemoVisitTask {
  const missedMs = unanswered ? nowMs - randomInt(rng, 50, 80) * 60_000 : null;
  const missed = missedMs === null ? [] : [{ ...makeTry(rng, startForm(rng, person), missedMs), outcome: 'no_answer' as const, method: 'home' as const, seen: false, changes: {}, note: '' }]; // prettier-ignore
  return {
    id: seededId(rng, nowMs),
    person,
    window,
    plannedOn: toIsoDate(today),
    endedMs: null,
    missedMs,
    // The neighbour was asked; the second try is two hours after the first.
    nextTryMs: missedMs === null ? null : missedMs + 2 * 3_600_000,
    rung: missedMs === null ? 0 : 2,
    tries: missed,
  };
}
