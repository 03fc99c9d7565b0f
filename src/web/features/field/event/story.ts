import { words } from '#web/i18n/words.ts';
import { textOf } from '#web/i18n/area.ts';
import type { TimelineLine } from '#web/field/field-api.ts';

export interface Told {
  id: string;
  title: string;
  who: string;
  said: string;
  at: string;
}

const spoken = ['outcome', 'note', 'reason', 'result', 'instruction', 'noEvidenceReason', 'description'] as const;

/** A line of the timeline in plain words: what was done, by whom, what they said. */
export function tell(line: TimelineLine): Told {
  const t = textOf(words);
  const outcome = line.data['outcome'];
  const outcomes: Record<string, string> = t.outcome;
  const found = typeof outcome === 'string' ? outcomes[outcome] : undefined;
  const said = spoken.flatMap((key) => {
    const text = line.words[key];
    return typeof text === 'string' && text.trim() !== '' ? [text.trim()] : [];
  });
  return {
    id: line.id,
    title: found === undefined ? t.verb[line.verb] : `${t.verb[line.verb]} · ${found}`,
    who: [line.actorUnit, line.actorName].filter((part) => part !== null && part !== '').join(' '),
    said: said.join('\n'),
    at: line.at,
  };
}
