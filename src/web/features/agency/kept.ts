import { uuidV7 } from '#kit/ids.ts';

/** What is written behind one link and has not been sent: the words, and the number of the intention to send them. */
export interface Kept {
  words: string;
  /** The body last tried, as text; the same body is sent under the same number, however often. */
  tried: string | null;
  opId: string;
}

const prefix = 'huangge.task.';
/** Not the link itself: whoever finds the phone's storage must not find a way in. */
const keyOf = (secret: string, act: string): string => `${prefix}${secret.slice(0, 6)}.${act}`;

export function readKept(secret: string, act: string): Kept {
  try {
    const found = JSON.parse(localStorage.getItem(keyOf(secret, act)) ?? 'null') as Partial<Kept> | null;
    if (typeof found?.words === 'string' && typeof found.opId === 'string')
      return { words: found.words, opId: found.opId, tried: found.tried ?? null };
  } catch {
    // Nothing readable was kept.
  }
  return { words: '', tried: null, opId: uuidV7() };
}

export function keepWords(secret: string, act: string, words: string): void {
  write(secret, act, { ...readKept(secret, act), words });
}

/** The number under which this body is sent: a new one whenever the body differs from what was tried before. */
export function opIdFor(secret: string, act: string, body: string): string {
  const kept = readKept(secret, act);
  const opId = kept.tried === null || kept.tried === body ? kept.opId : uuidV7();
  write(secret, act, { ...kept, opId, tried: body });
  return opId;
}

export function forget(secret: string, act: string): void {
  try {
    localStorage.removeItem(keyOf(secret, act));
  } catch {
    // Nothing was kept, so nothing needs to go.
  }
}

function write(secret: string, act: string, kept: Kept): void {
  try {
    localStorage.setItem(keyOf(secret, act), JSON.stringify(kept));
  } catch {
    // Refused storage: the words last for the visit.
  }
}
