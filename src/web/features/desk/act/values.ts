import type { AttachmentKind } from '#contract/events-words.ts';
import type { ActionSpec, AllowedAction, FieldKind } from './specs.ts';

export interface PickedPhoto {
  id: string;
  token: string;
  kind: AttachmentKind;
}

/** What is typed and chosen in a panel so far; kept on this device until it is sent. */
export interface ActionValues {
  note: string;
  reason: string;
  instruction: string;
  result: string;
  noEvidenceReason: string;
  outcome: string;
  leadUnitId: string | null;
  assistUnitIds: string[];
  unitIds: string[];
  photos: PickedPhoto[];
  showReporter: boolean;
  /** Desk it is sent down to; null: the next one below. */
  lowerUnitId: string | null;
  beyondTier: boolean;
  /** YYYY-MM-DD. */
  reviewDay: string;
  intoId: string | null;
  amount: number;
  kind: 'continuous' | 'working_time' | 'working_day';
  number: string;
  /** ISO 8601; '' means the moment of sending. */
  calledAt: string;
  incidentNumber: string;
  categoryCode: string;
  lon: number | null;
  lat: number | null;
  placeWords: string;
  priority: number | null;
}

export const emptyValues: ActionValues = {
  note: '',
  reason: '',
  instruction: '',
  result: '',
  noEvidenceReason: '',
  outcome: '',
  leadUnitId: null,
  assistUnitIds: [],
  unitIds: [],
  photos: [],
  showReporter: false,
  lowerUnitId: null,
  beyondTier: false,
  reviewDay: '',
  intoId: null,
  amount: 1,
  kind: 'working_day',
  number: '',
  calledAt: '',
  incidentNumber: '',
  categoryCode: '',
  lon: null,
  lat: null,
  placeWords: '',
  priority: null,
};

const minutesOf = { continuous: 60, working_time: 60, working_day: 1 } as const;

/** The part of the body each field brings. */
const parts: Record<FieldKind, (values: ActionValues, nowIso: string) => object> = {
  note: (v) => ({ note: v.note.trim() }),
  reason: (v) => ({ reason: v.reason.trim() }),
  instruction: (v) => ({ instruction: v.instruction.trim() }),
  result: (v) => ({ result: v.result.trim() }),
  outcomeVerify: (v) => ({ outcome: v.outcome }),
  outcomeCheck: (v) => ({ outcome: v.outcome }),
  lead: (v) => ({ leadUnitId: v.leadUnitId }),
  assists: (v) => ({ assistUnitIds: v.assistUnitIds.filter((id) => id !== v.leadUnitId) }),
  invited: (v) => ({ unitIds: v.unitIds }),
  photos: (v) => ({ attachments: v.photos.map(({ id, token }) => ({ id, token })) }),
  noEvidence: (v) => (v.noEvidenceReason.trim() === '' ? {} : { noEvidenceReason: v.noEvidenceReason.trim() }),
  showReporter: (v) => ({ showReporter: v.showReporter && v.photos.length > 0 }),
  lower: (v) => (v.lowerUnitId === null ? {} : { unitId: v.lowerUnitId }),
  beyondTier: (v) => ({ beyondTier: v.beyondTier }),
  reviewAt: (v) => ({ reviewAt: `${v.reviewDay}T09:00:00+08:00` }),
  into: (v) => ({ intoId: v.intoId, reason: v.note.trim() }),
  extension: (v) => ({ amount: v.amount * minutesOf[v.kind], kind: v.kind }),
  call: (v, nowIso) => ({
    number: v.number.trim(),
    calledAt: v.calledAt === '' ? nowIso : v.calledAt,
    incidentNumber: v.incidentNumber.trim(),
  }),
  category: (v) => ({ categoryCode: v.categoryCode }),
  place: (v) => ({ lon: v.lon, lat: v.lat, placeWords: v.placeWords.trim(), reason: v.note.trim() }),
  priority: (v) => ({ priority: v.priority }),
};

/** What must be there before the panel can be sent. */
const ready: Partial<Record<FieldKind, (values: ActionValues) => boolean>> = {
  reason: (v) => v.reason.trim().length >= 2,
  result: (v) => v.result.trim().length >= 2,
  outcomeVerify: (v) => v.outcome !== '',
  outcomeCheck: (v) => v.outcome === 'pass' || (v.outcome === 'fail' && v.note.trim().length >= 2),
  lead: (v) => v.leadUnitId !== null,
  invited: (v) => v.unitIds.length > 0,
  reviewAt: (v) => v.reviewDay !== '',
  into: (v) => v.intoId !== null,
  extension: (v) => v.amount > 0,
  call: (v) => /^[0-9+\- ]{2,20}$/.test(v.number.trim()),
  category: (v) => v.categoryCode !== '',
  place: (v) => v.lon !== null && v.lat !== null,
  priority: (v) => v.priority !== null,
};

/** `supervise` and `note` are nothing without their words. */
const wordsNeeded: Partial<Record<AllowedAction['verb'], number>> = { supervise: 2, note: 1 };

export function isReady(spec: ActionSpec, action: AllowedAction, values: ActionValues): boolean {
  const least = wordsNeeded[action.verb] ?? 0;
  return values.note.trim().length >= least && spec.fields.every((field) => ready[field]?.(values) ?? true);
}

/** The body without opId. `nowIso`: the moment of sending, for calls that are happening now. */
export function toBody(
  spec: ActionSpec,
  action: AllowedAction,
  values: ActionValues,
  nowIso: string,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of spec.fields) Object.assign(body, parts[field](values, nowIso));
  // Merging and moving carry their note as the reason.
  if (spec.fields.includes('into') || spec.fields.includes('place')) delete body['note'];
  if (action.taskId !== null) body['taskId'] = action.taskId;
  if (action.extensionId !== undefined) body['extensionId'] = action.extensionId;
  return body;
}
