import { Button } from 'antd';
import { useState } from 'react';
import { assistantRoutes } from '#contract/assistant.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { assistant } from '#web/i18n/assistant.ts';
import { useText } from '#web/i18n/area.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { DraftBox } from './DraftBox.tsx';
import { assistantKey, type Draft, type EventKind } from './queries.ts';

export interface AskDraftProps {
  eventId: string;
  kinds: readonly EventKind[];
  confirm: string;
  onText: (text: string) => void;
}

/** Buttons that ask for a draft about an event, and the draft. */
export function AskDraft({ eventId, kinds, confirm, onText }: AskDraftProps) {
  const t = useText(assistant);
  const [draft, setDraft] = useState<Draft | null>(null);
  const begin = useAct(
    (kind: EventKind, opId) => ask(assistantRoutes.event, { params: { id: eventId }, body: { opId, kind } }),
    { stale: [[...assistantKey, 'uses', eventId]], onDone: setDraft },
  );
  if (draft !== null)
    return <DraftBox key={draft.id} draft={draft} confirm={confirm} onText={onText} onDone={() => setDraft(null)} />;
  return (
    <>
      <div className="form-buttons">
        {kinds.map((kind) => (
          <Button
            key={kind}
            size="small"
            disabled={begin.isPending}
            loading={begin.isPending && begin.variables === kind}
            onClick={() => begin.mutate(kind)}
          >
            {t.ask[kind]}
          </Button>
        ))}
      </div>
      <ProblemNote error={begin.error} />
    </>
  );
}
