import { isAppError } from '#kit/errors.ts';
import type { LonLat } from '#kit/geo.ts';
import { dayMs } from '#kit/shanghai-days.ts';
import { systemScope } from '#server/db/scope.ts';
import { ruleOf } from './dictionary.ts';
import { hearBySystem, understand, type Voice } from './hear.ts';
import type { NeedsParts } from './parts.ts';
import { guess } from './rules-guess.ts';
import { pollVoices, type ClosedPoll } from './rules-poll.ts';
import { listTaken } from './store-voice.ts';

/** What other modules tell, given by wire. Each is looked through again and again; what was taken is passed over. */
export interface NeedSources {
  /** Polls closed since then. */
  polls(sinceMs: number): Promise<readonly ClosedPoll[]>;
  /** Reports of these categories since then, oldest first. */
  reports(categories: readonly string[], sinceMs: number): Promise<readonly SaidReport[]>;
  /** Wishes that no service of a station answers, since then. */
  wishes(sinceMs: number): Promise<readonly SaidWish[]>;
}

export interface SaidReport {
  id: string;
  categoryCode: string;
  text: string;
  areaCode: string;
  point: LonLat | null;
  /** How many people reported it. */
  people: number;
  atMs: number;
}

export interface SaidWish {
  /** `<code of the station>/<id>`. */
  ref: string;
  text: string;
  areaCode: string;
  atMs: number;
}

/** Looks through every source once. How many voices were taken. */
export async function listen(parts: NeedsParts, sources: NeedSources): Promise<number> {
  const sinceMs = parts.clock.now() - ruleOf(parts.words, 'look_back_days') * dayMs;
  let taken = 0;
  taken += await takeNew(parts, 'meeting', await pollsOf(parts, sources, sinceMs));
  taken += await takeNew(parts, 'event', await reportsOf(parts, sources, sinceMs));
  taken += await takeNew(parts, 'booking', await wishesOf(sources, sinceMs));
  return taken;
}

async function pollsOf({ words }: NeedsParts, { polls }: NeedSources, sinceMs: number): Promise<Voice[]> {
  return (await polls(sinceMs)).flatMap((poll) => pollVoices(poll, words.classWords));
}

/** Only a report whose words name a class of facility says that one is missing. */
async function reportsOf({ words }: NeedsParts, { reports }: NeedSources, sinceMs: number): Promise<Voice[]> {
  const said = await reports([...words.categories.keys()], sinceMs);
  return said.flatMap(({ id, categoryCode, text, areaCode, point, people, atMs }) => {
    if (guess(text, words.classWords) === null) return [];
    const group = guess(text, words.groupWords)?.code ?? words.categories.get(categoryCode) ?? null;
    return [
      { ...plain, source: 'event', sourceRef: id, saidMs: atMs, text, people, groupCode: group, areaCode, point },
    ];
  });
}

async function wishesOf({ wishes }: NeedSources, sinceMs: number): Promise<Voice[]> {
  return (await wishes(sinceMs)).map(({ ref, text, areaCode, atMs }) => {
    return { ...plain, source: 'booking', sourceRef: ref, saidMs: atMs, text, areaCode };
  });
}

const plain = { people: 1, classCode: null, groupCode: null, point: null };

/** Takes those of one source that were not taken yet, each in a transaction of its own. */
async function takeNew(parts: NeedsParts, source: Voice['source'], voices: readonly Voice[]): Promise<number> {
  const refs = voices.map(({ sourceRef }) => sourceRef);
  const known = await parts.database.read(systemScope, (tx) => listTaken(tx, source, refs));
  let taken = 0;
  for (const voice of voices) {
    if (known.has(voice.sourceRef) || !isPlaced(parts, voice)) continue;
    const short = { ...voice, text: voice.text.slice(0, 500) };
    await parts.database.inTx(systemScope, (tx) => hearBySystem(parts, tx, short));
    taken++;
  }
  return taken;
}

/** What lies in no area of this installation is nobody's need here. */
function isPlaced(parts: NeedsParts, voice: Voice): boolean {
  try {
    understand(parts, voice);
    return true;
  } catch (error) {
    if (isAppError(error, 'bad_input')) return false;
    throw error;
  }
}
