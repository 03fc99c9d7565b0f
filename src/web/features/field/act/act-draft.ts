import type { ActBody, ActVerb, EventDetail } from '#web/field/field-api.ts';
import type { HeldPhoto } from '../parts/Camera.tsx';

type Extension = { kind: 'continuous' | 'working_time' | 'working_day'; amount: number };

/** What is being filled in for one act. Plain data with blobs: kept on the phone as it is. */
export interface ActDraft {
  /** Note, reason or result, as the verb wants. */
  words: string;
  outcome: 'confirmed' | 'not_found' | 'pass' | 'fail' | null;
  photos: HeldPhoto[];
  noPhotoReason: string;
  showReporter: boolean;
  beyondTier: boolean;
  extension: Extension | null;
  number: string;
  incident: string;
  at: { lon: number; lat: number } | null;
}

export const emptyAct = (): ActDraft => ({
  words: '',
  outcome: null,
  photos: [],
  noPhotoReason: '',
  showReporter: false,
  beyondTier: false,
  extension: null,
  number: '',
  incident: '',
  at: null,
});

export type ActNeed = 'outcome' | 'reason' | 'words' | 'result' | 'evidence' | 'number' | 'amount';

type Asked = Pick<EventDetail, 'rule' | 'attachments' | 'tasks'>;

/** Photos this end of work still lacks, by the level library. Assists bring none: evidence belongs to the event. */
export function missingPhotos(
  asked: Asked,
  taskId: string | null,
  photos: readonly HeldPhoto[],
): ('before' | 'after')[] {
  if (asked.tasks.find((task) => task.id === taskId)?.part === 'assist') return [];
  const { evidence } = asked.rule;
  const has = (...kinds: string[]): boolean =>
    photos.some((photo) => kinds.includes(photo.kind)) || asked.attachments.some((photo) => kinds.includes(photo.kind));
  const after = photos.some((photo) => photo.kind === 'after');
  return [
    ...(evidence === 'before_after' && !has('before', 'report') ? (['before'] as const) : []),
    ...((evidence === 'before_after' || evidence === 'after') && !after ? (['after'] as const) : []),
  ];
}

/** The first thing that is still missing; null when it may be sent. */
export function needOfAct(verb: ActVerb, draft: ActDraft, asked: Asked, taskId: string | null): ActNeed | null {
  const said = draft.words.trim().length;
  switch (verb) {
    case 'verify':
    case 'check':
      return draft.outcome === null ? 'outcome' : null;
    case 'escalate':
    case 'return':
    case 'decline':
      return said < 2 ? 'reason' : null;
    case 'ask_extension':
      return draft.extension === null ? 'amount' : said < 2 ? 'reason' : null;
    case 'note':
      return said < 1 ? 'words' : null;
    case 'finish':
      if (said < 2) return 'result';
      return missingPhotos(asked, taskId, draft.photos).length > 0 && draft.noPhotoReason.trim().length < 2
        ? 'evidence'
        : null;
    case 'record_call':
      return /^[0-9+\- ]{2,20}$/.test(draft.number.trim()) ? null : 'number';
    case 'receive':
    case 'file':
    case 'accept':
    case 'arrive':
    case 'urge':
      return null;
  }
}

/** Makes the body of the command. Call it when `needOfAct` answers null. */
export function toActBody<V extends ActVerb>(
  verb: V,
  draft: ActDraft,
  taskId: string | null,
  nowIso: string,
): ActBody<V> {
  const bodies = bodiesOf(draft, taskId ?? '', nowIso);
  return bodies[verb]();
}

function bodiesOf(draft: ActDraft, taskId: string, nowIso: string): { [V in ActVerb]: () => ActBody<V> } {
  const words = draft.words.trim();
  const reason = draft.noPhotoReason.trim();
  const showReporter = draft.showReporter && draft.photos.length > 0;
  const place = draft.at === null ? {} : { lon: draft.at.lon, lat: draft.at.lat };
  return {
    receive: () => ({ note: words }),
    verify: () => ({ outcome: draft.outcome === 'not_found' ? 'not_found' : 'confirmed', note: words }),
    file: () => ({ note: words }),
    decline: () => ({ reason: words }),
    escalate: () => ({ reason: words }),
    accept: () => ({ taskId }),
    arrive: () => ({ taskId, note: words, ...place }),
    note: () => ({ note: words, ...(taskId === '' ? {} : { taskId }) }),
    finish: () => ({ taskId, result: words, showReporter, ...(reason === '' ? {} : { noEvidenceReason: reason }) }),
    return: () => ({ taskId, reason: words, beyondTier: draft.beyondTier }),
    check: () => ({ outcome: draft.outcome === 'fail' ? 'fail' : 'pass', note: words, showReporter }),
    ask_extension: () => ({ taskId, reason: words, ...(draft.extension ?? { kind: 'working_day', amount: 1 }) }),
    urge: () => ({ note: words }),
    record_call: () => ({
      number: draft.number.trim(),
      incidentNumber: draft.incident.trim(),
      calledAt: nowIso,
      note: words,
    }),
  };
}

/** The words of any command, whatever its verb calls them. */
export function wordsOf(body: Record<string, unknown>): string {
  for (const key of ['note', 'reason', 'result', 'description']) {
    const text = body[key];
    if (typeof text === 'string' && text.trim() !== '') return text.trim();
  }
  return '';
}
