import { openReleaseHandlers } from './handlers.ts';
import type { OpenDataParts } from './parts.ts';
import { openFileOf, openIndex, openMonthOf, type FrozenBytes } from './public.ts';

export type { OpenDataParts } from './parts.ts';
export type { FrozenBytes } from './public.ts';

export interface OpenDataFeed {
  handlers: ReturnType<typeof openReleaseHandlers>;
  /** What anybody may read: bytes with a tag. @throws AppError not_found */
  index(): Promise<FrozenBytes>;
  month(month: string): Promise<FrozenBytes>;
  file(wish: { area: string; month: string; version: number; name: string }): Promise<FrozenBytes>;
}

/** Open data: publishing a month, and reading what is published. */
export function createOpenData(parts: OpenDataParts): OpenDataFeed {
  return {
    handlers: openReleaseHandlers(parts),
    index: () => openIndex(parts),
    month: (month) => openMonthOf(parts, month),
    file: (wish) => openFileOf(parts, wish),
  };
}
