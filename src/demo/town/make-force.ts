/** What the grid force of the demo street has arranged: telephones, offers, leave with cover, a roster, helpers, tasks asked of it. */
import { codePath } from '#engine/territory/area-code.ts';
import { pickOne, randomInt, seededRandom, type Rng } from '#kit/random.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import { daysOf, mondayOf, spanOf } from '#server/modules/force/rules.ts';
import { liangLuKou } from '../geography/names.ts';
import { seededId } from '../ids.ts';
import { demoCommunity } from './logins.ts';
import type { DemoAppointment, DemoPerson } from './make-people.ts';
import { demoSeed, foundedMs, type Town } from './make-town.ts';

type Posted = DemoPerson & { appointment: DemoAppointment };

export interface DemoForce {
  phones: { accountId: string; phone: string }[];
  offers: { accountId: string; offers: string[] }[];
  leaves: DemoLeave[];
  shifts: DemoShift[];
  members: DemoMember[];
  notes: { id: string; unitId: string; byId: string; words: string; hoursAgo: number }[];
  tasks: DemoTask[];
  chiefId: string;
}

interface DemoLeave {
  id: string;
  person: Posted;
  firstDay: string;
  lastDay: string;
  reason: string;
  state: 'asked' | 'granted';
  cover: Posted | null;
  /** Of the appointment lent. */
  lentId: string;
}

interface DemoShift {
  id: string;
  unitId: string;
  areaCode: string;
  code: string;
  day: string;
  startMs: number;
  endMs: number;
  accountId: string;
}

interface DemoMember {
  id: string;
  person: Posted;
  phone: string;
  offers: string[];
  ask: { id: string; words: string; state: string; answer: string } | null;
}

interface DemoTask {
  id: string;
  unitId: string;
  byId: string;
  title: string;
  words: string;
  source: string;
  legalBase: string;
  every: string;
  minutes: number;
  photos: number;
  fields: string[];
  areas: { code: string; state: string; reason: string; answeredBy: string | null }[];
  dueDay: string;
  lastDay: string;
}

const offered = [
  'key_holder',
  'property',
  'building_head',
  'party_member',
  'doctor',
  'first_aid',
  'electrician',
  'plumber',
  'security',
  'driver',
  'courier',
  'lawyer',
] as const;
/** Shifts of the street centre; the same as shift-patterns.csv begins with. */
const day = { code: 'day', startMinute: 510, minutes: 570 };
const night = { code: 'night', startMinute: 1080, minutes: 870 };

export function makeForce(town: Town, nowMs: number): DemoForce {
  const rng = seededRandom(demoSeed + 61);
  const posted = town.people.filter((one): one is Posted => one.appointment !== null);
  const street = posted.filter(({ appointment }) => appointment.areaCode?.startsWith(liangLuKou.code) === true);
  const centre = town.units.find(({ code }) => code === `${liangLuKou.code}-centre`);
  const others = street.filter(({ appointment }) => appointment.role === 'other');
  const seats = street.filter(({ appointment }) => appointment.unitId === centre?.id);
  const chief = seats.find(({ appointment }) => appointment.role === 'duty_chief');
  if (centre === undefined || chief === undefined) throw new Error('The demo street has a centre with a duty chief.');
  return {
    phones: street.filter(() => rng() < 0.93).map(({ id }) => ({ accountId: id, phone: phoneOf(rng) })),
    offers: others.filter(() => rng() < 0.6).map(({ id }) => ({ accountId: id, offers: offersOf(rng) })),
    leaves: makeLeaves(rng, street, nowMs),
    shifts: makeShifts(rng, seats, { id: centre.id, areaCode: centre.areaCode }, nowMs),
    members: makeMembers(rng, others),
    notes: makeNotes(rng, seats, centre.id),
    tasks: makeTasks(rng, town, { nowMs, chiefId: chief.id, centreId: centre.id }),
    chiefId: chief.id,
  };
}

/** 199 is a range for tries: nobody is called by accident. */
const phoneOf = (rng: Rng): string => `199${String(randomInt(rng, 0, 99_999_999)).padStart(8, '0')}`;

function offersOf(rng: Rng): string[] {
  return [...new Set([pickOne(rng, offered), pickOne(rng, offered)])];
}

/** Six away now with somebody of the same committee standing in, one without, two waiting for an answer. */
function makeLeaves(rng: Rng, street: readonly Posted[], nowMs: number): DemoLeave[] {
  const today = dayOf(nowMs);
  const workers = street.filter(({ appointment: { role }, login }) => role === 'full_time' && login !== 'wangge');
  const own = workers.filter(({ appointment: { areaCode } }) => areaCode?.startsWith(demoCommunity) === true);
  const away = workers
    .filter((one) => !own.includes(one))
    .filter((_, k) => k % 6 === 0)
    .slice(0, 7);
  const gone = [...away, ...own.slice(0, 2)];
  const coverOf = ({ appointment: { unitId } }: Posted): Posted | null =>
    workers.find((one) => !gone.includes(one) && one.appointment.unitId === unitId) ?? null;
  const leave = (person: Posted, k: number, state: DemoLeave['state'], covered: boolean): DemoLeave => {
    const from = state === 'asked' ? k - away.length + 3 : -randomInt(rng, 0, 2);
    return {
      id: seededId(rng, foundedMs, k),
      person,
      firstDay: addDays(today, from),
      lastDay: addDays(today, from + randomInt(rng, 2, 5)),
      reason: pickOne(rng, ['annual', 'family', 'training', 'sick']),
      state,
      cover: covered ? coverOf(person) : null,
      lentId: seededId(rng, foundedMs, 100 + k),
    };
  };
  return [
    ...away.map((person, k) => leave(person, k, 'granted', k > 0)),
    ...own.slice(0, 2).map((person, k) => leave(person, away.length + k, 'asked', true)),
  ];
}

/** This month and the next: two by day, one by night, in turn; a few days still lack somebody. */
function makeShifts(
  rng: Rng,
  seats: readonly Posted[],
  unit: { id: string; areaCode: string },
  nowMs: number,
): DemoShift[] {
  const first = dayOf(nowMs).slice(0, 7);
  const next = addDays(`${first}-01`, 31).slice(0, 7);
  const of = (...roles: string[]) => seats.filter(({ appointment }) => roles.includes(appointment.role));
  const [byDay, byNight] = [of('intake_seat', 'dispatch_seat'), of('duty_chief', 'analysis_seat', 'supervise_seat')];
  const at = (list: readonly Posted[], k: number): string => list[k % list.length]?.id ?? '';
  let order = 0;
  const shift = (on: string, pattern: typeof day, accountId: string): DemoShift => ({
    id: seededId(rng, foundedMs, order++),
    unitId: unit.id,
    areaCode: unit.areaCode,
    code: pattern.code,
    day: on,
    ...spanOf(on, pattern),
    accountId,
  });
  return [...daysOf(first), ...daysOf(next)].flatMap((on, k) => [
    shift(on, day, at(byDay, 2 * k)),
    ...(k % 11 === 9 ? [] : [shift(on, day, at(byDay, 2 * k + 1))]),
    ...(k % 17 === 16 ? [] : [shift(on, night, at(byNight, k))]),
  ]);
}

const asks: readonly [words: string, state: string, answer: string][] = [
  ['请看一眼三单元楼梯间的灯是否修好了', 'done', '亮了，两层都好'],
  ['台风雨前帮忙提醒底楼住户收好阳台花盆', 'accepted', ''],
  ['周六上午能否替社区开一下活动室的门', 'asked', ''],
  ['请把消防通道不停车的通知贴到单元门口', 'done', '贴了四个单元'],
];

function makeMembers(rng: Rng, others: readonly Posted[]): DemoMember[] {
  const own = others.filter(({ appointment }) => appointment.areaCode?.startsWith(demoCommunity) === true);
  return own.slice(0, 12).map((person, k) => {
    const ask = asks[k];
    return {
      id: seededId(rng, foundedMs, k),
      person,
      phone: phoneOf(rng),
      offers: offersOf(rng),
      ask:
        ask === undefined
          ? null
          : { id: seededId(rng, foundedMs, 100 + k), words: ask[0], state: ask[1], answer: ask[2] },
    };
  });
}

const handed: readonly [words: string, hoursAgo: number][] = [
  ['健康路电缆井那件仍在等供电公司的抢修结论，夜里若再报警直接叫值班长。', 3],
  ['暴雨蓝色预警到今晚，低洼点两处已让网格看过，回话都正常。', 14],
  ['受理台二号话机杂音，已报修；今天先用一号。', 26],
  ['民呼我为转来三件停水，水务已答复今晚恢复，请明早回访。', 39],
];

function makeNotes(rng: Rng, seats: readonly Posted[], unitId: string): DemoForce['notes'] {
  const writers = seats.filter(({ login }) => login !== 'jieshou' && login !== 'jiepai');
  return handed.map(([words, hoursAgo], k) => ({
    id: seededId(rng, foundedMs, k),
    unitId,
    byId: writers[k % writers.length]?.id ?? '',
    words,
    hoursAgo,
  }));
}

/** One that was accepted, one that was refused, one that waits for the street. */
function makeTasks(
  rng: Rng,
  town: Town,
  { nowMs, chiefId, centreId }: { nowMs: number; chiefId: string; centreId: string },
): DemoTask[] {
  const bureau = town.people.find(({ login }) => login === 'quchengguan');
  const bureauId = bureau?.appointment?.unitId ?? centreId;
  const byBureau = { unitId: bureauId, byId: bureau?.id ?? chiefId };
  const monday = mondayOf(dayOf(nowMs));
  const communities = town.geography.areas
    .filter(({ code, tier }) => tier === 'community' && code.startsWith(liangLuKou.code))
    .map(({ code }) => code);
  const answered = (state: string, reason = '') => ({ state, reason, answeredBy: chiefId });
  return [
    {
      id: seededId(rng, foundedMs, 1),
      unitId: centreId,
      byId: chiefId,
      title: '汛期低洼点每周看一次',
      words: '只看积水和排水口，不用另填表：巡查时顺手勾选即可。',
      source: '街道防汛专题会议纪要',
      legalBase: '《中华人民共和国防洪法》第四十二条',
      every: 'weekly',
      minutes: 20,
      photos: 1,
      fields: ['排水口是否堵塞'],
      areas: communities.map((code) => ({ code, ...answered('accepted') })),
      dueDay: addDays(monday, -16),
      lastDay: addDays(monday, 60),
    },
    {
      ...byBureau,
      id: seededId(rng, foundedMs, 2),
      title: '沿街商户门头牌匾台账',
      words: '',
      source: '区局季度工作提示',
      legalBase: '《重庆市户外招牌设置管理办法》',
      every: 'weekly',
      minutes: 90,
      photos: 30,
      fields: ['商户联系电话', '门头照片', '经营者住址'],
      areas: [
        {
          code: liangLuKou.code,
          ...answered('refused', '电话和住址已有台账，每周三十张照片超出网格职责；建议由局里执法队按季度核。'),
        },
      ],
      dueDay: addDays(monday, 10),
      lastDay: addDays(monday, 100),
    },
    {
      ...byBureau,
      id: seededId(rng, foundedMs, 3),
      title: '行道树白蚁情况摸排',
      words: '发现蛀洞请拍一张，其余不用写。',
      source: '区城市管理局 2026 年白蚁防治方案',
      legalBase: '《城市绿化条例》第二十六条',
      every: 'once',
      minutes: 30,
      photos: 1,
      fields: ['有无蛀洞'],
      areas: [{ code: demoCommunity, state: 'waiting', reason: '', answeredBy: null }],
      dueDay: addDays(monday, 14),
      lastDay: addDays(monday, 28),
    },
  ];
}

/** Codes from the city down to the area itself. */
export const pathOf = (code: string | null): string[] => codePath(code ?? liangLuKou.code);
