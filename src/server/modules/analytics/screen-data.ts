import type { Output } from '#contract/route.ts';
import type { WidgetCode } from '#contract/screens-layout.ts';
import type { screenRoutes } from '#contract/screens.ts';
import { toIso } from '#kit/clock.ts';
import type { Area } from '#server/modules/grids/index.ts';
import { wallActor } from './screen-access.ts';
import type { ScreenParts } from './screen-parts.ts';

type ScreenData = Output<typeof screenRoutes.data>;
interface Told {
  atMs: number;
  answer: Promise<{ asOf: string; data: unknown } | null>;
}

/** So long an answer serves every screen of the area: a hundred walls ask no more often than one. What moves slowly longer. */
const freshMs = 2_000;
const slowMs = 60_000;
const slow: ReadonlySet<WidgetCode> = new Set(['indicators', 'forecast', 'force', 'duty', 'stations', 'care', 'gaps']);
const mostKept = 2_000;

/** Reads widgets side by side. One that fails is null in the answer and reported; the others are not held up by it. */
export function createScreenData(parts: ScreenParts) {
  const kept = new Map<string, Told>();

  function read(code: WidgetCode, area: Area): Told['answer'] {
    const nowMs = parts.clock.now();
    const key = `${area.code} ${code}`;
    const before = kept.get(key);
    if (before !== undefined && nowMs - before.atMs < (slow.has(code) ? slowMs : freshMs) && nowMs >= before.atMs)
      return before.answer;
    if (kept.size >= mostKept) kept.clear();
    const answer = tell(parts, code, area, nowMs);
    kept.set(key, { atMs: nowMs, answer });
    return answer;
  }

  return async (area: Area, codes: readonly WidgetCode[]): Promise<ScreenData> => {
    const wanted = [...new Set(codes)];
    const told = await Promise.all(wanted.map(async (code) => [code, await read(code, area)] as const));
    return {
      at: toIso(parts.clock.now()),
      area: { code: area.code, name: area.name },
      widgets: Object.fromEntries(told) as ScreenData['widgets'],
    };
  };
}

async function tell(parts: ScreenParts, code: WidgetCode, area: Area, nowMs: number): Told['answer'] {
  const source = parts.sources[code];
  if (source === undefined) return null;
  const unitId = parts.territory.receiverOf(area.code)?.id;
  try {
    const data = await source({ actor: wallActor(area, unitId), area, unitId, nowMs });
    return data === null ? null : { asOf: toIso(nowMs), data };
  } catch (error) {
    parts.report(code, error);
    return null;
  }
}
