import type { Candidate, Listed, Scenario, Wish, Words } from '../queries.ts';
import { wanOf, yuanOf } from '../words.ts';

/** What somebody has typed of a question. */
export interface Typed {
  /** '' while nobody has typed one: then it is made of area and class. */
  title: string;
  area: { code: string; name: string } | null;
  classCode: string;
  limitMin: string;
  profile: string;
  /** null: at any time. */
  moment: { weekday: number; time: string } | null;
  goal: 'cover' | 'median' | 'centre';
  choose: string;
  budgetWan: string;
  weighting: string;
  note: string;
  /** Keys of listed places that are taken; null: as `isTaken` begins. */
  taken: readonly string[] | null;
  /** Estimates typed over, 万元 by key. */
  costs: Readonly<Record<string, string>>;
  points: readonly Candidate[];
  /** Metres between places along the streets; 0: none. */
  street: number;
}

export interface Start {
  area?: string | undefined;
  classCode?: string | undefined;
  demandId: string | null;
  /** A scenario it is made after, or that is changed. */
  like?: Scenario | undefined;
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** The form as it is opened. */
export function typedAt({ classCode, like }: Start): Typed {
  if (like !== undefined) return typedLike(like);
  return {
    title: '',
    area: null,
    classCode: classCode ?? '',
    limitMin: '',
    profile: 'adult',
    moment: null,
    goal: 'cover',
    choose: '1',
    budgetWan: '',
    weighting: 'equal',
    note: '',
    taken: null,
    costs: {},
    points: [],
    street: 0,
  };
}

function typedLike(like: Scenario): Typed {
  const listed = like.candidates.filter(({ kind }) => kind === 'idle');
  return {
    title: like.title,
    area: { code: like.areaCode, name: like.areaName },
    classCode: like.classCode,
    limitMin: String(like.limitMin),
    profile: like.profile,
    moment: like.moment === null ? null : { weekday: like.moment.weekday, time: clock(like.moment.minute) },
    goal: like.goal,
    choose: like.choose === null ? '' : String(like.choose),
    budgetWan: wanOf(like.budgetYuan),
    weighting: like.weighting,
    note: like.note,
    taken: listed.map(({ key }) => key),
    costs: Object.fromEntries(listed.map(({ key, costYuan }) => [key, wanOf(costYuan)])),
    points: like.candidates.filter(({ kind }) => kind === 'point'),
    street: 0,
  };
}

/** Whether a listed place is taken: as ticked; at first all but those that may not be used so. Smaller ones are worth a look. */
export const isTaken = ({ taken }: Typed, { key, why }: Listed): boolean =>
  taken === null ? why !== 'other_use' && why !== 'unsafe' : taken.includes(key);

/** Every place that is taken, with its estimate. */
export function placesOf(typed: Typed, listed: readonly Listed[]): Candidate[] {
  const chosen = listed.filter((one) => one.kind === 'street' || isTaken(typed, one));
  const costed = chosen.map(({ fits: _fits, why: _why, ...one }) => ({
    ...one,
    costYuan: typed.costs[one.key] === undefined ? one.costYuan : yuanOf(typed.costs[one.key] ?? ''),
  }));
  return [...costed, ...typed.points];
}

/** What is sent; null while something is missing. */
export function wishOf(
  typed: Typed,
  {
    places,
    title,
    words,
    demandId,
  }: { places: Candidate[]; title: string; words: Words | undefined; demandId: string | null },
): Wish | null {
  const { area, classCode, choose, moment } = typed;
  const budgetYuan = yuanOf(typed.budgetWan);
  const minutes = limitOf(typed, words);
  const count = choose === '' ? null : Number(choose);
  if (area === null || classCode === '' || minutes === null || places.length === 0) return null;
  if (count === null && budgetYuan === null) return null;
  const [hour = '0', minute = '0'] = moment?.time.split(':') ?? [];
  return {
    title: typed.title.trim() === '' ? title : typed.title.trim(),
    areaCode: area.code,
    classCode,
    demandId,
    profile: typed.profile,
    limitMin: minutes,
    moment: moment === null ? null : { weekday: moment.weekday, minute: Number(hour) * 60 + Number(minute) },
    goal: typed.goal,
    choose: count,
    budgetYuan,
    weighting: typed.weighting,
    candidates: places,
    note: typed.note,
  };
}

/** Minutes typed, or those of the class's standard. */
export function limitOf({ limitMin, classCode }: Typed, words: Words | undefined): number | null {
  const standard = words?.classes.find(({ code }) => code === classCode)?.minutes;
  const minutes = limitMin === '' ? standard : Number(limitMin);
  return minutes === undefined || !Number.isInteger(minutes) || minutes < 1 || minutes > 60 ? null : minutes;
}
