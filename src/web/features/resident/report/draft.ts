import type { ClientInput } from '#contract/route.ts';
import type { publicRoutes } from '#contract/public.ts';
import type { Uploaded } from '#web/app/upload.ts';

export type ReportBody = NonNullable<ClientInput<typeof publicRoutes.report>['body']>;

export interface DraftPhoto {
  key: string;
  blob: Blob;
  /** The server's answer, once it has the photo. */
  upload: Uploaded | null;
}

/** What a resident has filled in so far. All plain data, so that it can be kept on the phone as it is. */
export interface Draft {
  categoryCode: string | null;
  categoryName: string;
  words: string;
  at: { lon: number; lat: number } | null;
  /** Name of the place, when found by name. */
  placeName: string;
  placeWords: string;
  areaCode: string | null;
  areaName: string;
  phone: string;
  followEventId: string | null;
  photos: DraftPhoto[];
}

export const emptyDraft: Draft = {
  categoryCode: null,
  categoryName: '',
  words: '',
  at: null,
  placeName: '',
  placeWords: '',
  areaCode: null,
  areaName: '',
  phone: '',
  followEventId: null,
  photos: [],
};

/** The area that a link proposes (`?area=<code>&name=<its name>`); nothing where the address names none. */
export function areaOfLink(search: string): Pick<Draft, 'areaCode' | 'areaName'> | null {
  const query = new URLSearchParams(search);
  const areaCode = query.get('area') ?? '';
  return /^\d{6,17}$/.test(areaCode) ? { areaCode, areaName: (query.get('name') ?? '').slice(0, 40) } : null;
}

export const maxPhotos = 6;
export const maxWords = 1000;

/** What still keeps the draft from being sent; one word per part of the form. */
export type Missing = 'category' | 'words' | 'place' | 'phone';

export function missingIn(draft: Draft): Missing[] {
  const missing: Missing[] = [];
  if (draft.categoryCode === null) missing.push('category');
  if (draft.words.trim().length < 2 && draft.photos.length === 0) missing.push('words');
  if (draft.at === null && draft.areaCode === null && draft.placeWords.trim().length < 2) missing.push('place');
  if (draft.phone.trim() !== '' && !/^\+?[0-9][0-9 -]{5,19}$/.test(draft.phone.trim())) missing.push('phone');
  return missing;
}

export function isUntouched(draft: Draft): boolean {
  return (
    draft.categoryCode === null &&
    draft.words === '' &&
    draft.photos.length === 0 &&
    draft.at === null &&
    draft.placeWords === '' &&
    draft.areaCode === null
  );
}

/**
 * The report as it will travel, without its photos (their claims are added once all are uploaded). `opId` names this
 * intention for ever; `heldSince` is given when the phone was offline at the moment of sending (ISO 8601).
 * @throws RangeError when no category is chosen
 */
export function toBody(draft: Draft, opId: string, heldSince?: string): ReportBody {
  if (draft.categoryCode === null) throw new RangeError('A report needs a category.');
  const placeWords = [draft.placeName, draft.placeWords.trim()].filter((part) => part !== '').join(' ');
  return {
    opId,
    ...(heldSince === undefined ? {} : { at: heldSince }),
    categoryCode: draft.categoryCode,
    description: draft.words.trim(),
    lon: draft.at?.lon ?? null,
    lat: draft.at?.lat ?? null,
    placeWords: placeWords.slice(0, 200),
    ...(draft.areaCode === null ? {} : { areaCode: draft.areaCode }),
    ...(draft.phone.trim() === '' ? {} : { phone: draft.phone.trim() }),
    ...(draft.followEventId === null ? {} : { followEventId: draft.followEventId }),
  };
}
