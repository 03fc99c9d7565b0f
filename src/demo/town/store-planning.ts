/**
 * What planners of the demo have done: a canteen that was asked for, decided on, built, opened and measured again, and a day
 * care that is being built and late. Done with the program's own commands on days that have been, so that every figure and
 * every proof is reckoned. The market of 桥北 is left to whoever tries the program.
 */
import { answerSiting } from '#engine/siting/answer.ts';
import type { Clock } from '#kit/clock.ts';
import { uuidV7 } from '#kit/ids.ts';
import { addDays, dayOf, startOf } from '#kit/shanghai-days.ts';
import { createFacilities } from '#server/modules/facilities/index.ts';
import { rolePermissions, type Actor, type Role } from '#server/modules/identity/index.ts';
import { createNeeds } from '#server/modules/needs/index.ts';
import {
  circlePort,
  createPlanning,
  facilitiesPort,
  needsPort,
  questionOf,
  toSolved,
  type Planning,
} from '#server/modules/planning/index.ts';
import type { Town } from './make-town.ts';
import { demoLifecircle, type CircleParts } from './store-circle.ts';

/** What was asked, by whom, and how long ago things were done, in days. */
interface Story {
  planner: string;
  commander: string;
  areaCode: string;
  classCode: string;
  limitMin: number;
  name: string;
  reason: string;
  minutesNo: string;
  askedAgo: number;
  decidedAgo: number;
  /** Stages that are done, with what was seen. */
  done: readonly { stage: 'approval' | 'building' | 'acceptance'; ago: number; note: string }[];
  /** Null: not open yet. */
  open: { ago: number; services: string; capacity: number | null } | null;
}

const stories: readonly Story[] = [
  {
    planner: 'planner.500103.1',
    commander: 'zhihui',
    areaCode: '500103004',
    classCode: 'canteen',
    limitMin: 10,
    name: '两路口社区食堂',
    reason: '周边独居老人多，旧食堂水电和排烟都在，改造快；产权单位同意无偿使用五年',
    minutesNo: '两路口街道会议纪要〔2026〕3号',
    askedAgo: 236,
    decidedAgo: 230,
    done: [
      { stage: 'approval', ago: 204, note: '街道党工委会议通过，列入本年民生实事' },
      { stage: 'building', ago: 70, note: '改造排烟、灶台和无障碍通道，雨季停工十一天' },
      { stage: 'acceptance', ago: 56, note: '消防和食品经营许可验收通过' },
    ],
    open: { ago: 45, services: '早中晚三餐，60 岁以上老人八折，行动不便的送餐上门', capacity: 180 },
  },
  {
    planner: 'guihua',
    commander: 'juece',
    areaCode: '500105001',
    classCode: 'elder_day_care',
    limitMin: 10,
    name: '东方家园日间照料中心',
    reason: '离老年人多的几个小区最近，旧托儿所格局适合改造',
    minutesNo: '江北府纪〔2026〕9号',
    askedAgo: 176,
    decidedAgo: 168,
    done: [{ stage: 'approval', ago: 141, note: '区发改委批复，资金已落实' }],
    open: null,
  },
];

interface Acting {
  planning: Planning;
  /** Makes it that many days ago, at ten in the morning. */
  ago: (days: number) => void;
  as: (login: string) => Actor;
  today: string;
}

/** Answers how many projects there are. Before the districts are measured: what has opened is then there already. */
export async function planDemo(parts: CircleParts, town: Pick<Town, 'people'>): Promise<number> {
  const nowMs = parts.clock.now();
  const today = dayOf(nowMs);
  let atMs = nowMs;
  const clock: Clock = { now: () => atMs };
  const acting: Acting = {
    planning: await planningAt({ ...parts, clock }),
    ago: (days) => {
      atMs = startOf(addDays(today, -days)) + 10 * 3_600_000;
    },
    as: (login) => actorOf(town, login),
    today,
  };
  let projects = 0;
  for (const story of stories) projects += await tell(acting, story);
  return projects;
}

async function planningAt(parts: CircleParts): Promise<Planning> {
  const { database, clock } = parts;
  const { lifecircle, territory } = await demoLifecircle(parts);
  const names = async () => new Map<string, string>();
  const photos = { claimFor: async () => [], findOf: async () => undefined, listOf: async () => [] };
  const events = { photos: { ...photos, keep: refuse, find: refuse, findByReceipt: refuse, releaseOf: refuse } };
  const facilities = createFacilities({ database, territory, clock, names, events });
  return createPlanning({
    database,
    territory,
    clock,
    codeVersion: 'planning-1',
    photos,
    names,
    facilities: facilitiesPort(facilities),
    needs: needsPort(createNeeds({ database, territory, clock, names })),
    demand: { find: async () => undefined, markPlanned: refuse, markMet: refuse, release: refuse },
    circle: circlePort({ territory }, lifecircle),
    solve: async (data) => toSolved(data, answerSiting(questionOf(data))),
    report: (_what, error) => {
      throw error;
    },
  });
}

const refuse = async (): Promise<never> => {
  throw new Error('The demo asks nothing of this.');
};

function actorOf({ people }: Pick<Town, 'people'>, login: string): Actor {
  const person = people.find((one) => one.login === login);
  if (person?.appointment === null || person === undefined) throw new Error(`The demo has no ${login} with a post.`);
  const { unitId, areaCode, role } = person.appointment;
  const grant = { role: role as Role, unitId, areaCode, permissions: new Set(rolePermissions[role as Role]) };
  const { id: accountId, displayName: name } = person;
  return { kind: 'account', accountId, name, adminKind: null, limitedTo: null, grants: [grant] };
}

/** One story from its question to where it stands. */
async function tell(acting: Acting, story: Story): Promise<number> {
  const { planning, ago, as } = acting;
  const planner = { actor: as(story.planner) };
  ago(story.askedAgo);
  const id = await ask(acting, story);
  ago(story.decidedAgo);
  const { reason, minutesNo } = story;
  const { decision } = await planning.handlers.decide(
    { params: { id }, query: {}, body: { opId: uuidV7(), version: 2, reason, minutesNo, ...alone } },
    { actor: as(story.commander) },
  );
  const [project] = decision.projects;
  if (project === undefined) throw new Error(`The demo decided on no place for ${story.name}.`);
  const params = { id: project.id };
  const named = { opId: uuidV7(), version: 1, name: story.name };
  await planning.handlers.changeProject({ params, query: {}, body: named }, planner);
  const version = await build(acting, story, project.id);
  if (story.open === null) return 1;
  await openAndMeasure(acting, story.open, { planner: story.planner, id: project.id, version });
  return 1;
}

/** Answers the scenario, reckoned. */
async function ask({ planning, as }: Acting, story: Story): Promise<string> {
  const { handlers } = planning;
  const planner = { actor: as(story.planner) };
  const { areaCode, classCode, limitMin } = story;
  const query = { area: areaCode, class: classCode };
  const { items } = await handlers.candidates({ params: {}, query, body: {} }, planner);
  const candidates = items
    .filter(({ why }) => why !== 'other_use' && why !== 'unsafe')
    .map(({ fits: _fits, why: _why, ...one }) => one);
  if (candidates.length === 0) throw new Error(`The demo has no place for ${story.name}.`);
  const wish = { title: `${story.name}选址`, areaCode, classCode, limitMin, candidates };
  const { id } = await handlers.make(
    { params: {}, query: {}, body: { ...question, ...wish, opId: uuidV7() } },
    planner,
  );
  await handlers.run({ params: { id }, query: {}, body: { version: 1, seconds: 60 } }, planner);
  await planning.idle();
  return id;
}

/** Stage by stage; answers the project's version. */
async function build({ planning, ago, as, today }: Acting, story: Story, id: string): Promise<number> {
  let version = 2;
  for (const { stage, ago: days, note } of story.done) {
    ago(days);
    const body = { opId: uuidV7(), version, stage, doneOn: addDays(today, -days), note, attachments: [] };
    const done = await planning.handlers.finishStage({ params: { id }, query: {}, body }, { actor: as(story.planner) });
    version = done.version;
  }
  return version;
}

async function openAndMeasure(
  { planning, ago, as, today }: Acting,
  { ago: days, services, capacity }: NonNullable<Story['open']>,
  { planner, id, version }: { planner: string; id: string; version: number },
): Promise<void> {
  const actor = as(planner);
  ago(days);
  const facts = { services, capacity, floorM2: null, stepFree: true, note: '', attachments: [] };
  const body = { opId: uuidV7(), version, openedOn: addDays(today, -days), hours: [...meals], ...facts };
  await planning.handlers.open({ params: { id }, query: {}, body }, { actor });
  ago(days - 30);
  await planning.handlers.remeasure({ params: { id }, query: {}, body: { opId: uuidV7() } }, { actor });
}

/** At an old person's pace, old people first, one place. */
const question = {
  demandId: null,
  profile: 'elder',
  moment: null,
  goal: 'cover' as const,
  choose: 1,
  budgetYuan: null,
  weighting: 'elders',
  note: '',
};
const alone = { choiceId: null, compared: [], supersedes: null };
const meals = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '06:30', to: '19:30' }];
