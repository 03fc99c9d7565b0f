import type { surveyRoutes } from '#contract/needs-public.ts';
import type { Handlers, Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { degreesFor, type LonLat } from '#kit/geo.ts';
import { systemScope } from '#server/db/scope.ts';
import { pointWithin, type Area } from '#server/modules/grids/index.ts';
import { anonymous } from '#server/modules/identity/index.ts';
import { ruleOf } from './dictionary.ts';
import { hear, type Voice } from './hear.ts';
import { run, type NeedsParts, type Recorded } from './parts.ts';
import { cleanWords } from './rules-clean.ts';
import { guess } from './rules-guess.ts';
import { listNeeds } from './store.ts';

/** The survey of a community: nobody signs in, nobody is asked for a name. */

type Routes = typeof surveyRoutes;

export function surveyHandlers(parts: NeedsParts): Handlers<Routes, unknown> {
  return {
    place: async ({ params }) => readPlace(parts, params.area),
    answer: ({ params, body }) => answerSurvey(parts, params.area, body),
    needs: ({ params }) => listPublic(parts, params.area),
  };
}

/** @throws AppError not_found for what is no community in use */
function communityOf({ territory }: NeedsParts, code: string): Area {
  const area = territory.maps().areas.get(code);
  if (area?.tier === 'community' && area.retiredAt === null) return area;
  throw new AppError('not_found', 'There is no such community. Choose it from the list of streets.');
}

function placeOf(parts: NeedsParts, code: string) {
  const area = communityOf(parts, code);
  const street = parts.territory.area(area.parentCode ?? '');
  return { code: area.code, name: area.name, streetName: street?.name ?? '' };
}

function readPlace(parts: NeedsParts, code: string): Output<Routes['place']> {
  const area = placeOf(parts, code);
  const [lon, lat] = pointWithin(parts.territory, code) ?? [null, null];
  const { tiles, groups } = parts.words;
  return {
    area,
    lon,
    lat,
    tiles: [...tiles.values()],
    groups: [...groups.values()],
    roundM: ruleOf(parts.words, 'round_m'),
  };
}

/** Each thing that is missed is a voice of its own; the free line joins the one it speaks of. @throws AppError bad_input */
async function answerSurvey(
  parts: NeedsParts,
  code: string,
  body: Input<Routes['answer']>['body'],
): Promise<Output<Routes['answer']>> {
  const area = communityOf(parts, code);
  if (body.classes.length === 0 && body.words.length < 2)
    throw new AppError('bad_input', 'classes: expected at least one thing that is missed, or a line of words.', {
      field: 'classes',
    });
  const request = { area: code, ...body };
  return run(parts, anonymous, { route: 'survey.answer', opId: body.opId, request }, async (work) => {
    let line: Recorded | null = null;
    const voices = voicesOf(parts, area, body, work.nowMs);
    for (const voice of voices) line = (await hear(parts, work, voice)).line;
    if (line === null) throw new Error('An answer is taken once, so its voices are new.');
    return { voices: voices.length, at: line.at };
  });
}

function voicesOf(parts: NeedsParts, area: Area, body: Input<Routes['answer']>['body'], nowMs: number): Voice[] {
  const { classes, tiles, classWords } = parts.words;
  const { opId, groupCode, minutes } = body;
  const point = pointOf(parts, area, body);
  const words = cleanWords(body.words).text;
  const about = words.length < 2 ? null : (guess(words, classWords)?.code ?? null);
  const base = { source: 'survey' as const, saidMs: nowMs, people: 1, groupCode, areaCode: area.code, point };
  const named = [...new Set(body.classes)].map((classCode) => ({
    ...base,
    sourceRef: `${opId}#${classCode}`,
    classCode,
    text:
      about === classCode
        ? words
        : `附近缺：${tiles.get(classCode)?.name ?? classes.get(classCode)?.name ?? classCode}`,
    minutesNow: minutes,
  }));
  const said = words.length >= 2 && (about === null || !body.classes.includes(about));
  return said
    ? [...named, { ...base, sourceRef: `${opId}#words`, classCode: null, text: words, minutesNow: null }]
    : named;
}

/** Rounded, so that no door can be told; left out where it does not lie in the community. */
function pointOf(
  parts: NeedsParts,
  area: Area,
  { lon, lat }: { lon: number | null; lat: number | null },
): LonLat | null {
  if (lon === null || lat === null) return null;
  const step = degreesFor(ruleOf(parts.words, 'round_m'), lat);
  const round = (value: number, size: number): number => Number((Math.round(value / size) * size).toFixed(6));
  // The step of longitude is that of the middle of the community: the same lines for everybody in it.
  const middle = pointWithin(parts.territory, area.code)?.[1] ?? lat;
  const point: LonLat = [round(lon, degreesFor(ruleOf(parts.words, 'round_m'), middle).lon), round(lat, step.lat)];
  return parts.territory.locate(point[0], point[1])?.path.includes(area.code) === true ? point : null;
}

/** What residents of a community miss and what became of it: of known classes, said for enough people. */
function listPublic(parts: NeedsParts, code: string): Promise<Output<Routes['needs']>> {
  const area = placeOf(parts, code);
  const atLeast = ruleOf(parts.words, 'suppress_below');
  return parts.database.read(systemScope, async (tx) => {
    const rows = await listNeeds(tx, { area: code }, null, 200);
    const items = rows.flatMap(({ classCode, people, state, lastAt }) => {
      const word = classCode === null ? undefined : parts.words.classes.get(classCode);
      if (word === undefined || people < atLeast) return [];
      const { code: known, name, nameEn } = word;
      return [{ classCode: known, name, nameEn, people, state, lastAt: lastAt.toISOString() }];
    });
    return { area, items, fewer: rows.length - items.length, atLeast };
  });
}
