import type { WordToolProps } from '#web/app/desk-slots.ts';
import { assistant } from '#web/i18n/assistant.ts';
import { useText } from '#web/i18n/area.ts';
import { AskDraft } from './AskDraft.tsx';
import { useAssistantOn, type EventKind } from './queries.ts';

const kinds = { note: ['case_summary'], result: ['reply'] } as const satisfies Record<string, readonly EventKind[]>;

/** Beneath a field of words in a form of the desk: asks for a draft of it. Nothing while the assistant is off. */
export function WordTool({ event, field, onText }: WordToolProps) {
  const t = useText(assistant).box;
  const on = useAssistantOn();
  return on ? <AskDraft eventId={event.id} kinds={kinds[field]} confirm={t.confirm} onText={onText} /> : null;
}
