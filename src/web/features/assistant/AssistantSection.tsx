import { useQuery, useQueryClient } from '@tanstack/react-query';
import { eventRoutes } from '#contract/events.ts';
import { ask } from '#web/app/ask.ts';
import type { EventSectionProps } from '#web/app/desk-slots.ts';
import { useAct } from '#web/app/use-act.ts';
import { assistant } from '#web/i18n/assistant.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { AskDraft } from './AskDraft.tsx';
import { useAssistantOn, usesQuery } from './queries.ts';

/** In the detail of an event: a summary or next steps drafted by a machine, and what was drafted before. Absent while it is off. */
export function AssistantSection({ event }: EventSectionProps) {
  return useAssistantOn() ? <Section event={event} /> : null;
}

function Section({ event }: EventSectionProps) {
  const t = useText(assistant);
  const client = useQueryClient();
  const mayNote = event.allowed.some(({ verb }) => verb === 'note');
  const note = useAct(
    (text: string, opId) =>
      ask(eventRoutes.note, { params: { id: event.id }, body: { opId, note: text, attachments: [] } }),
    { onDone: () => void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(event.id) }) },
  );
  return (
    <section className="part" aria-label={t.title}>
      <header>
        <h3>{t.title}</h3>
      </header>
      {mayNote && (
        <AskDraft
          eventId={event.id}
          kinds={['case_summary', 'plan']}
          confirm={t.box.note}
          onText={(text) => note.mutate(text)}
        />
      )}
      <ProblemNote error={note.error} />
      {note.isSuccess && <p role="status">{t.box.noted}</p>}
      <Uses eventId={event.id} />
    </section>
  );
}

function Uses({ eventId }: { eventId: string }) {
  const t = useText(assistant).uses;
  const uses = useQuery(usesQuery(eventId)).data?.items ?? [];
  if (uses.length === 0) return null;
  return (
    <details>
      <summary>{t.title}</summary>
      <ul className="plain-list">
        {uses.map(({ id, kind, at, decision, edited, decidedBy }) => (
          <li key={id}>
            {t.line(t.kind[kind], formatTime(at))} ·{' '}
            {decision === null
              ? t.open
              : decision === 'discarded'
                ? t.discarded(decidedBy ?? '')
                : (edited === true ? t.edited : t.confirmed)(decidedBy ?? '')}
          </li>
        ))}
      </ul>
    </details>
  );
}
