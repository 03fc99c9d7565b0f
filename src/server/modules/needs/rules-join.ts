import { distanceM, type LonLat } from '#kit/geo.ts';
import { likeness } from '#kit/likeness.ts';

/** Which need a voice belongs to: a few sentences that are also shown on screen. */

export interface JoiningVoice {
  text: string;
  classCode: string | null;
  groupCode: string;
  /** Code of its community, or of the coarser area where no more is known. */
  placeCode: string;
  point: LonLat | null;
}

/** A need of the same district, recent enough, still open to voices. */
export interface Candidate {
  id: string;
  classCode: string | null;
  groupCode: string;
  title: string;
  /** All areas its voices lie in. */
  path: readonly string[];
  point: LonLat | null;
  firstMs: number;
}

export interface JoinRules {
  nearM: number;
  /** 0 to 1. */
  alike: number;
}

export interface Joining {
  id: string;
  by: 'class' | 'near' | 'words';
  /** near: metres; words: percent. */
  detail: number | null;
}

/**
 * Of a known class: with the need of that class in the same place, else with the nearest one within `nearM`. Of no known
 * class: with the need of the same group in the same place whose first words are most like, at least `alike`. Ties: the
 * older need, then the lower id. null: it is a need of its own.
 */
export function joinOf(voice: JoiningVoice, candidates: readonly Candidate[], rules: JoinRules): Joining | null {
  const inOrder = candidates.toSorted((a, b) => a.firstMs - b.firstMs || (a.id < b.id ? -1 : 1));
  return voice.classCode === null ? byWords(voice, inOrder, rules.alike) : byClass(voice, inOrder, rules.nearM);
}

function byClass(voice: JoiningVoice, candidates: readonly Candidate[], nearM: number): Joining | null {
  const same = candidates.filter(({ classCode }) => classCode === voice.classCode);
  const here = same.find(({ path }) => path.includes(voice.placeCode));
  if (here !== undefined) return { id: here.id, by: 'class', detail: null };
  const { point } = voice;
  if (point === null) return null;
  const near = same
    .flatMap((one) => (one.point === null ? [] : [{ id: one.id, metres: distanceM(point, one.point) }]))
    .filter(({ metres }) => metres <= nearM)
    .toSorted((a, b) => a.metres - b.metres)[0];
  return near === undefined ? null : { id: near.id, by: 'near', detail: Math.round(near.metres) };
}

function byWords(voice: JoiningVoice, candidates: readonly Candidate[], alike: number): Joining | null {
  const like = candidates
    .filter(
      ({ classCode, groupCode, path }) =>
        classCode === null && groupCode === voice.groupCode && path.includes(voice.placeCode),
    )
    .map((one) => ({ id: one.id, share: likeness(one.title, voice.text) }))
    .filter(({ share }) => share >= alike)
    .toSorted((a, b) => b.share - a.share)[0];
  return like === undefined ? null : { id: like.id, by: 'words', detail: Math.round(like.share * 100) };
}
