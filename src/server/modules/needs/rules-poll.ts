import type { Voice } from './hear.ts';
import { guess, type PhraseWord } from './rules-guess.ts';

/** A poll of a grid meeting that was closed. */
export interface ClosedPoll {
  id: string;
  groupId: string;
  question: string;
  options: readonly string[];
  /** Votes by option. */
  counts: readonly number[];
  areaCode: string;
  atMs: number;
}

/** What a meeting answers when it wants something. */
const yes = /^(?:同意|赞成|赞同|支持|需要|要|想要|希望|可以|愿意|是|好|yes|agree)/iu;

/**
 * Voices of a poll. Options that name classes of facility are wanted by those who voted for them; where none does but the
 * question names one, by those who voted yes. A poll about something else says nothing.
 */
export function pollVoices(poll: ClosedPoll, words: readonly PhraseWord[]): Voice[] {
  const named = poll.options.map((option) => guess(option, words)?.code ?? null);
  const asked = guess(poll.question, words)?.code ?? null;
  if (named.every((one) => one === null) && asked === null) return [];
  const byOption = named.some((one) => one !== null);
  return poll.options.flatMap((option, k) => {
    const votes = poll.counts[k] ?? 0;
    const classCode = byOption ? (named[k] ?? null) : yes.test(option.trim()) ? asked : null;
    if (classCode === null || votes < 1) return [];
    return [
      {
        source: 'meeting' as const,
        sourceRef: `${poll.groupId}/${poll.id}#${k}`,
        saidMs: poll.atMs,
        text: `${poll.question}——${option}`,
        people: votes,
        classCode,
        groupCode: null,
        areaCode: poll.areaCode,
        point: null,
      },
    ];
  });
}
