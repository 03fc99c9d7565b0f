import type { Actor } from '#server/modules/identity/index.ts';
import { briefHandlers } from './handlers.ts';
import type { BriefsParts } from './parts.ts';
import { readFile } from './queries.ts';
import { makeDue } from './schedule.ts';

export type {
  AnomalyLine,
  BriefsParts,
  BriefSources,
  ForecastLine,
  IssueLine,
  RatingLine,
  StuckLine,
} from './parts.ts';

export interface Briefs {
  handlers: ReturnType<typeof briefHandlers>;
  /** @throws AppError not_found */
  file(
    actor: Actor,
    wish: { id: string; format: 'docx' | 'pdf' | 'xlsx' },
  ): Promise<{ name: string; type: string; bytes: Uint8Array }>;
  /** Every minute: drafts what the schedules want. Answers how many were made. */
  makeDue(): Promise<number>;
}

/** Briefs: drafted from figures, written in by people, frozen when issued. */
export function createBriefs(parts: BriefsParts): Briefs {
  return {
    handlers: briefHandlers(parts),
    file: (actor, wish) => readFile(parts, actor, wish),
    makeDue: () => makeDue(parts),
  };
}
