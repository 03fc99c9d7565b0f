import type { ClassFrom, JoinReason, NeedSource } from '#contract/needs-views.ts';
import type { LonLat } from '#kit/geo.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { dayMs } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import { districtOf, type Area } from '#server/modules/grids/index.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { ruleOf } from './dictionary.ts';
import { note, type NeedsParts, type Recorded, type Work } from './parts.ts';
import { cleanWords } from './rules-clean.ts';
import { guess, type Guess } from './rules-guess.ts';
import { joinOf, type Joining } from './rules-join.ts';
import { placeOf, sumVoices, type Sums } from './rules-sum.ts';
import { findNeed, insertNeed, listCandidates, lockDistrict, saveSums } from './store.ts';
import { findNeedOf, insertVoice, listVoices } from './store-voice.ts';

/** One time somebody said that something is missing. */
export interface Voice {
  source: NeedSource;
  /** Number of the call, the poll, the visit …: the same of one source is taken once. */
  sourceRef: string;
  saidMs: number;
  /** As it was said; what points at somebody is taken out before it is kept. */
  text: string;
  /** For how many it was said, 1 to 100,000. */
  people: number;
  /** Code of facility-classes.csv where whoever said it named it; null: guessed from the words. */
  classCode: string | null;
  /** Code of need-groups.csv; null: guessed from the words, else everybody. */
  groupCode: string | null;
  /** One of the two must say where: the area, or a point in WGS-84 (the point counts where it lies in an area). */
  areaCode: string | null;
  point: LonLat | null;
  /** How many minutes one walks to it today. */
  minutesNow?: number | null;
}

/** A voice understood, before it is kept. */
export interface Understood {
  text: string;
  cleaned: boolean;
  classCode: string | null;
  classFrom: ClassFrom;
  classGuess: Guess | null;
  groupCode: string;
  groupGuess: Guess | null;
  area: Area;
  point: LonLat | null;
}

/** What a voice says, for whom and where. @throws AppError bad_input for a place or a code that is not known */
export function understand(
  { territory, words }: Pick<NeedsParts, 'territory' | 'words'>,
  voice: Pick<Voice, 'text' | 'classCode' | 'groupCode' | 'areaCode' | 'point'>,
): Understood {
  const { text, cleaned } = cleanWords(voice.text);
  assertCode(words.classes, 'classCode', voice.classCode, '/api/need-words');
  assertCode(words.groups, 'groupCode', voice.groupCode, '/api/need-words');
  const classGuess = voice.classCode === null ? guess(text, words.classWords) : null;
  const groupGuess = voice.groupCode === null ? guess(text, words.groupWords) : null;
  const classCode = voice.classCode ?? classGuess?.code ?? null;
  return {
    text,
    cleaned,
    classCode,
    classFrom: voice.classCode !== null ? 'said' : classGuess === null ? 'none' : 'words',
    classGuess,
    groupCode: voice.groupCode ?? groupGuess?.code ?? 'all',
    groupGuess,
    area: areaOf(territory, voice),
    point: voice.point,
  };
}

function assertCode(known: ReadonlyMap<string, unknown>, field: string, code: string | null, where: string): void {
  if (code === null || known.has(code)) return;
  throw new AppError('bad_input', `${field}: expected a code of ${where}, found ${code}.`, { field });
}

/** The finest area of the point, else the named one; never a door: micro-grids are as near as it gets. */
function areaOf(territory: NeedsParts['territory'], { areaCode, point }: Pick<Voice, 'areaCode' | 'point'>): Area {
  const there = point === null ? undefined : territory.locate(point[0], point[1]);
  const named = areaCode === null ? undefined : territory.area(areaCode);
  if (areaCode !== null && named === undefined)
    throw new AppError('bad_input', `areaCode: expected the code of an area, found ${areaCode}.`, {
      field: 'areaCode',
    });
  const area = there ?? named;
  if (area === undefined)
    throw new AppError('bad_input', 'Expected a place: an area, or a point within the area of this installation.', {
      field: 'areaCode',
    });
  return area;
}

/** Which need an understood voice would join, within this transaction; null: it would be one of its own. */
export async function findHome(
  { words }: Pick<NeedsParts, 'words'>,
  tx: Tx,
  voice: Understood,
  saidMs: number,
): Promise<Joining | null> {
  const candidates = await listCandidates(tx, {
    district: districtOf(voice.area.path),
    classCode: voice.classCode,
    saidMs,
    recentMs: ruleOf(words, 'recent_days') * dayMs,
  });
  return joinOf({ ...voice, placeCode: placeOf(voice.area.path) }, candidates, {
    nearM: ruleOf(words, 'near_m'),
    alike: ruleOf(words, 'alike_percent') / 100,
  });
}

export interface Heard {
  needId: string;
  /** False: this source's word was taken before; nothing was written. */
  taken: boolean;
  joinedBy: JoinReason | null;
  line: Recorded | null;
}

/**
 * Takes a voice in the caller's transaction (which sees everything): it joins the need it is like, or begins one, and its
 * line is in the ledger. Idempotent by source and reference. @throws AppError bad_input
 */
export async function hear(parts: NeedsParts, work: Work, voice: Voice): Promise<Heard> {
  const { tx, actor, nowMs } = work;
  const understood = understand(parts, voice);
  const district = districtOf(understood.area.path);
  await lockDistrict(tx, district);
  const before = await findNeedOf(tx, voice.source, voice.sourceRef);
  if (before !== undefined) return { needId: before, taken: false, joinedBy: null, line: null };
  const home = await findHome(parts, tx, understood, voice.saidMs);
  const { text, classCode, classFrom, groupCode, area, point } = understood;
  const { people, saidMs, source, sourceRef, minutesNow = null } = voice;
  const needId = home?.id ?? uuidV7(nowMs);
  const [lon, lat] = point ?? [null, null];
  if (home === null) {
    const alone = { areaCode: area.code, path: area.path, groupCode, people, lon, lat, saidMs };
    const sums = sumVoices([alone], groupShare(parts));
    await insertNeed(tx, { ...sums, id: needId, classCode, classFrom, title: titleOf(text), district });
  }
  const joinedBy = home?.by ?? 'first';
  await insertVoice(tx, {
    id: uuidV7(nowMs),
    needId,
    source,
    sourceRef,
    saidMs,
    text,
    people,
    groupCode,
    classCode,
    areaCode: area.code,
    lon,
    lat,
    joinedBy,
    joinedDetail: home?.detail ?? null,
    minutesNow,
    recordedMs: nowMs,
    accountId: actor.accountId,
  });
  if (home !== null) await recount(parts, tx, needId);
  const need = await findNeed(tx, needId);
  if (need === undefined) throw new Error('A need that was just written is there.');
  const data = { source, classCode, groupCode, areaCode: area.code, people, joinedBy };
  return { needId, taken: true, joinedBy, line: await note(work, need, { action: 'need.hear', data }) };
}

/** Of the program itself: followers and jobs. Answers the need. */
export async function hearBySystem(parts: NeedsParts, tx: Tx, voice: Voice): Promise<string> {
  const work = { tx, actor: systemActor, nowMs: parts.clock.now(), opId: null };
  return (await hear(parts, work, voice)).needId;
}

const groupShare = ({ words }: Pick<NeedsParts, 'words'>): number => ruleOf(words, 'group_percent') / 100;

/** Makes a need say what its voices are. */
export async function recount(parts: NeedsParts, tx: Tx, needId: string): Promise<Sums | null> {
  const voices = (await listVoices(tx, [needId])).map((one) => ({
    ...one,
    saidMs: one.saidAt.getTime(),
    path: parts.territory.area(one.areaCode)?.path ?? [one.areaCode],
  }));
  const sums = voices.length === 0 ? null : sumVoices(voices, groupShare(parts));
  await saveSums(tx, needId, sums);
  return sums;
}

/** What a need is called until somebody names it: how it was first said, in one line. */
export function titleOf(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const signs = [...line];
  return signs.length <= 60 ? line : `${signs.slice(0, 59).join('')}…`;
}
