import type { ActBody } from '#web/field/field-api.ts';
import type { HeldPhoto } from '../parts/Camera.tsx';

/** A report being made. Plain data with blobs: kept on the phone as it is. */
export interface ReportDraft {
  photos: HeldPhoto[];
  categoryCode: string | null;
  at: { lon: number; lat: number; accuracyM: number | null } | null;
  placeWords: string;
  words: string;
  urgent: boolean;
  followEventId: string | null;
  /** Handled on the spot instead of reported to others. */
  selfHandled: boolean;
  result: string;
  noPhotoReason: string;
  /** The person may read the receipt of this report too; nobody else waits for it. */
  showReporter: boolean;
}

export const emptyDraft = (): ReportDraft => ({
  photos: [],
  categoryCode: null,
  at: null,
  placeWords: '',
  words: '',
  urgent: false,
  followEventId: null,
  selfHandled: false,
  result: '',
  noPhotoReason: '',
  showReporter: false,
});

/** A position worse than this is shown as rough. */
export const roughM = 100;

export type Need = 'category' | 'place' | 'result' | 'evidence';

/** The first thing that still keeps it from being sent; null when nothing does. `homeArea`: used when there is no position. */
export function needOf(draft: ReportDraft, homeArea: string | null): Need | null {
  if (draft.categoryCode === null) return 'category';
  if (draft.at === null && homeArea === null && draft.placeWords.trim().length < 2) return 'place';
  if (!draft.selfHandled) return null;
  if (draft.result.trim().length < 2) return 'result';
  const after = draft.photos.some((photo) => photo.kind === 'after');
  return after || draft.noPhotoReason.trim().length >= 2 ? null : 'evidence';
}

/** @throws RangeError when no category is chosen */
export function toReportBody(draft: ReportDraft, homeArea: string | null): ActBody<'report'> {
  if (draft.categoryCode === null) throw new RangeError('A report needs a category.');
  return {
    categoryCode: draft.categoryCode,
    description: draft.words.trim(),
    lon: draft.at?.lon ?? null,
    lat: draft.at?.lat ?? null,
    placeWords: draft.placeWords.trim(),
    channel: 'grid_worker',
    ...(draft.at === null && homeArea !== null ? { areaCode: homeArea } : {}),
    ...(draft.urgent ? { priority: 0 } : {}),
    ...(draft.followEventId === null ? {} : { followEventId: draft.followEventId }),
  };
}

/** @throws RangeError when no category is chosen */
export function toSelfHandleBody(draft: ReportDraft, homeArea: string | null): ActBody<'self_handle'> {
  const { followEventId: _, ...body } = toReportBody(draft, homeArea);
  const reason = draft.noPhotoReason.trim();
  return {
    ...body,
    result: draft.result.trim(),
    showReporter: draft.showReporter && draft.photos.length > 0,
    ...(reason === '' ? {} : { noEvidenceReason: reason }),
  };
}

/** Back from a refused command to the form. Photos come with their kind. */
export function fromBody(body: Record<string, unknown>, photos: HeldPhoto[]): ReportDraft {
  const text = (key: string): string => (typeof body[key] === 'string' ? body[key] : '');
  const { lon, lat } = body;
  return {
    ...emptyDraft(),
    photos,
    categoryCode: text('categoryCode') === '' ? null : text('categoryCode'),
    at: typeof lon === 'number' && typeof lat === 'number' ? { lon, lat, accuracyM: null } : null,
    placeWords: text('placeWords'),
    words: text('description'),
    urgent: body['priority'] === 0,
    selfHandled: 'result' in body,
    result: text('result'),
    noPhotoReason: text('noEvidenceReason'),
    showReporter: body['showReporter'] === true,
  };
}

/** Something found on a visit or inspection that is to be reported by itself. */
export interface Raised {
  categoryCode: string;
  words: string;
  urgent: boolean;
}

export function fromRaise({ categoryCode, words, urgent }: Raised, photos: HeldPhoto[]): ReportDraft {
  return { ...emptyDraft(), categoryCode, words, urgent, photos };
}
