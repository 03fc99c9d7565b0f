import type { Territory } from '#server/modules/grids/index.ts';
import type { Locale } from './parts.ts';

/** Name of a unit in the reader's language; null when there is none. */
export function unitName(territory: Territory, id: string | null, locale: Locale): string | null {
  const unit = id === null ? undefined : territory.unit(id);
  if (unit === undefined) return null;
  return locale === 'en' && unit.nameEn !== '' ? unit.nameEn : unit.name;
}
