/**
 * Needs of the demo: invented voices where a class of facility really is far, most of them about fresh food in 桥北. They are
 * understood and put together by the program's own rules, and the sums are reckoned, so nothing here is typed in.
 */
import type { NeedSource, NeedState } from '#contract/needs-views.ts';
import { codePath } from '#engine/territory/area-code.ts';
import { degreesFor, distanceM, type LonLat } from '#kit/geo.ts';
import { pickOne, randomInt, seededRandom, type Rng } from '#kit/random.ts';
import { dayMs } from '#kit/shanghai-days.ts';
import type { FacilityRow } from '#server/modules/facilities/index.ts';
import { readNeedWords, ruleOf, type NeedWords } from '#server/modules/needs/dictionary.ts';
import { titleOf } from '#server/modules/needs/hear.ts';
import { cleanWords } from '#server/modules/needs/rules-clean.ts';
import { guess } from '#server/modules/needs/rules-guess.ts';
import { joinOf } from '#server/modules/needs/rules-join.ts';
import { placeOf, sumVoices, type Sums } from '#server/modules/needs/rules-sum.ts';
import type { DemoBuilding, Geography } from '../geography/make-geography.ts';
import { seededId } from '../ids.ts';
import { decidedWords, needSayings, otherSayings } from './need-words.ts';

export interface DemoVoice {
  id: string;
  source: NeedSource;
  sourceRef: string;
  saidMs: number;
  text: string;
  people: number;
  groupCode: string;
  classCode: string | null;
  areaCode: string;
  path: string[];
  lon: number | null;
  lat: number | null;
  joinedBy: 'first' | 'class' | 'near' | 'words';
  joinedDetail: number | null;
  minutesNow: number | null;
}

export interface DemoNeed extends Sums {
  id: string;
  classCode: string | null;
  classFrom: 'none' | 'said' | 'words' | 'hand';
  title: string;
  district: string;
  state: NeedState;
  reason: string;
  all: DemoVoice[];
}

/** The story: 桥北 has no food market near. */
const story = { areaCode: '500105001001', classCode: 'fresh_market', voices: 56 } as const;
/** One voice for so many residents who have it far, at weight 1; most voices of one class in one place. */
const residentsPerVoice = 2_600;
const mostVoices = 9;
/** Walking speed of the standard's minutes, m/s, and how much longer ways are than the straight line. */
const metresPerMinute = 66 / 1.35;
const walkMinutes = 10;
const sinceDays = 330;

interface Making {
  rng: Rng;
  nowMs: number;
  words: NeedWords;
  names: ReadonlyMap<string, string>;
  voices: (Omit<DemoVoice, 'id' | 'joinedBy' | 'joinedDetail'> & { said: boolean })[];
}

export function makeNeeds(
  seed: number,
  { geography, facilities }: { geography: Geography; facilities: readonly FacilityRow[] },
  nowMs: number,
): DemoNeed[] {
  const names = new Map(geography.areas.map(({ code, name }) => [code, name]));
  const making: Making = { rng: seededRandom(seed), nowMs, words: readNeedWords(), names, voices: [] };
  const places = Map.groupBy(geography.buildings, ({ areaCode }) => areaCode.slice(0, 12));
  for (const [code, buildings] of places) {
    for (const classCode of Object.keys(needSayings)) sayOf(making, { code, classCode, buildings, facilities });
    if (code.length === 12 && making.rng() < 0.4) sayOther(making, buildings);
  }
  return putTogether(making);
}

interface Where {
  code: string;
  classCode: string;
  buildings: readonly DemoBuilding[];
  facilities: readonly FacilityRow[];
}

/** More voices where more people have it far; the community of the story has its own number. */
function sayOf(making: Making, { code, classCode, buildings, facilities }: Where): void {
  const { rng } = making;
  const far = farOf(buildings, facilities.filter((one) => one.classCode === classCode)); // prettier-ignore
  const residents = far.reduce((sum, one) => sum + one.residents, 0);
  const weight = needSayings[classCode]?.weight ?? 0;
  const isStory = code === story.areaCode && classCode === story.classCode;
  const wanted = isStory ? story.voices : Math.min(mostVoices, Math.round((residents * weight) / residentsPerVoice + rng() * 0.3)); // prettier-ignore
  const from = far.length === 0 ? buildings : far;
  for (let k = 0; k < wanted; k++) {
    const said = pickOne(rng, needSayings[classCode]?.said ?? ['']);
    const groupCode = pickOne(rng, needSayings[classCode]?.groups ?? ['all']);
    say(making, pickOne(rng, from), { text: said, classCode, groupCode, source: sourceFor(rng) });
  }
}

function sayOther(making: Making, buildings: readonly DemoBuilding[]): void {
  const text = pickOne(making.rng, otherSayings);
  const times = randomInt(making.rng, 1, 3);
  for (let k = 0; k < times; k++)
    say(making, pickOne(making.rng, buildings), { text, classCode: null, groupCode: 'all', source: 'desk' });
}

function farOf(buildings: readonly DemoBuilding[], there: readonly FacilityRow[]): DemoBuilding[] {
  const reach = walkMinutes * metresPerMinute;
  return buildings.filter(({ lon, lat }) => there.every((one) => distanceM([lon, lat], [one.lon, one.lat]) > reach));
}

/** Polls, events and bookings are heard by the program itself, from what there is of them. */
const sources = ['hotline', 'hotline', 'hotline', 'survey', 'survey', 'survey', 'visit', 'visit', 'desk'] as const;
const sourceFor = (rng: Rng): NeedSource => pickOne(rng, sources);

interface Saying {
  text: string;
  classCode: string | null;
  groupCode: string;
  source: NeedSource;
}

function say(making: Making, at: DemoBuilding, { text, classCode, groupCode, source }: Saying): void {
  const { rng, nowMs, names, words } = making;
  // More of them of late: people say it until somebody listens.
  const saidMs = Math.floor(nowMs - dayMs * (0.5 + sinceDays * rng() ** 1.6));
  const community = names.get(at.areaCode.slice(0, 12))?.replace('社区', '') ?? '这边';
  const point = source === 'desk' ? null : rounded([at.lon, at.lat], ruleOf(words, 'round_m'));
  making.voices.push({
    source,
    sourceRef: refOf(rng, source, saidMs, making.voices.length),
    saidMs,
    text: cleanWords(text.replace('{p}', community)).text,
    people: source === 'hotline' || source === 'desk' ? (rng() < 0.25 ? randomInt(rng, 2, 6) : 1) : 1,
    groupCode,
    classCode,
    areaCode: at.areaCode,
    path: codePath(at.areaCode),
    lon: point?.[0] ?? null,
    lat: point?.[1] ?? null,
    minutesNow: source === 'survey' ? pickOne(rng, [10, 15, 20, 25, 30, 40]) : null,
    said: source === 'survey',
  });
}

function refOf(rng: Rng, source: NeedSource, saidMs: number, order: number): string {
  if (source !== 'hotline') return seededId(rng, saidMs, order);
  const day = new Date(saidMs).toISOString().slice(0, 10).replaceAll('-', '');
  return `HT${day}${String(order % 10_000).padStart(4, '0')}`;
}

function rounded([lon, lat]: LonLat, metres: number): LonLat {
  const step = degreesFor(metres, lat);
  const round = (value: number, size: number): number => Number((Math.round(value / size) * size).toFixed(6));
  return [round(lon, step.lon), round(lat, step.lat)];
}

/** In the order they were said, by the rules of the program. */
function putTogether(making: Making): DemoNeed[] {
  const { rng, words } = making;
  const needs: DemoNeed[] = [];
  const rules = { nearM: ruleOf(words, 'near_m'), alike: ruleOf(words, 'alike_percent') / 100 };
  const share = ruleOf(words, 'group_percent') / 100;
  const inOrder = making.voices.toSorted((a, b) => a.saidMs - b.saidMs || (a.sourceRef < b.sourceRef ? -1 : 1));
  inOrder.forEach(({ said, ...voice }, order) => {
    const classCode = said ? voice.classCode : (guess(voice.text, words.classWords)?.code ?? null);
    const district = voice.areaCode.slice(0, 6);
    const point = voice.lon === null || voice.lat === null ? null : ([voice.lon, voice.lat] as const);
    const open = needs.filter((one) => one.district === district && one.classCode === classCode);
    const home = joinOf(
      { text: voice.text, classCode, groupCode: voice.groupCode, placeCode: placeOf(voice.path), point },
      open.map((one) => ({ ...one, point: one.lon === null || one.lat === null ? null : [one.lon, one.lat] })),
      rules,
    );
    const joined = { id: seededId(rng, voice.saidMs, order), joinedBy: home?.by ?? 'first', joinedDetail: home?.detail ?? null } as const; // prettier-ignore
    const kept: DemoVoice = { ...voice, classCode, ...joined };
    const need = needs.find(({ id }) => id === home?.id);
    if (need === undefined)
      needs.push({
        ...sumVoices([kept], share),
        id: seededId(rng, voice.saidMs, order),
        classCode,
        classFrom: classCode === null ? 'none' : said ? 'said' : 'words',
        title: titleOf(voice.text),
        district,
        state: 'open',
        reason: '',
        all: [kept],
      });
    else Object.assign(need, sumVoices([...need.all, kept], share), { all: [...need.all, kept] });
  });
  return needs.map((need) => decided(rng, need));
}

/** Some of those that were said often are on the list; a few are met or declined. The story's waits to be listed. */
function decided(rng: Rng, need: DemoNeed): DemoNeed {
  const chance = rng();
  const isStory = need.classCode === story.classCode && need.path.includes(story.areaCode);
  if (isStory || need.classCode === null) return need;
  const state = need.voices >= 4 && chance < 0.5 ? 'listed' : chance > 0.96 ? 'met' : chance > 0.92 ? 'declined' : null;
  if (state === null) return need;
  return { ...need, state, classFrom: 'hand', reason: decidedWords[state] };
}
