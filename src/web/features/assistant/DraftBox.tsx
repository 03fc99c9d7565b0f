import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { assistantRoutes } from '#contract/assistant.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { useAct } from '#web/app/use-act.ts';
import { assistant } from '#web/i18n/assistant.ts';
import { useText } from '#web/i18n/area.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { assistantKey, type Draft } from './queries.ts';
import './assistant.css';

export interface DraftBoxProps {
  draft: Draft;
  /** What pressing the button means here. */
  confirm: string;
  /** The text a human answers for, with its mark at the end. */
  onText: (text: string) => void;
  onDone: () => void;
}

/**
 * A text a machine wrote, until a human has read it. Plain text in a field: nothing in it is a link, a picture or a command.
 * Confirmed it carries a mark that says so; the record says it too.
 */
export function DraftBox({ draft, confirm, onText, onDone }: DraftBoxProps) {
  const t = useText(assistant).box;
  const [text, setText] = useState(draft.text);
  const id = useId();
  const keep = useAct(
    (wish: string, opId) => ask(assistantRoutes.confirm, { params: { id: draft.id }, body: { opId, text: wish } }),
    {
      stale: [assistantKey],
      onDone: ({ by }) => {
        onText(`${text.trim()}${t.mark(by)}`);
        onDone();
      },
    },
  );
  const drop = useAct((_: null, opId) => ask(assistantRoutes.discard, { params: { id: draft.id }, body: { opId } }), {
    stale: [assistantKey],
    onDone,
  });
  return (
    <div className="machine-draft" role="group" aria-labelledby={id}>
      <strong id={id} className="machine-mark">
        {t.title}
      </strong>
      <p className="quiet">{t.words}</p>
      <Input.TextArea
        aria-label={t.text}
        autoSize={{ minRows: 3, maxRows: 12 }}
        maxLength={4_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        // Enter belongs to the text here, not to the form around it.
        onKeyDown={(event) => event.stopPropagation()}
      />
      {text.includes(t.sign) && <p className="quiet">{t.signs}</p>}
      <ProblemNote error={keep.error ?? drop.error} />
      <div className="form-buttons">
        <Button
          type="primary"
          disabled={text.trim() === ''}
          loading={keep.isPending}
          onClick={() => keep.mutate(text.trim())}
        >
          {confirm}
        </Button>
        <Button loading={drop.isPending} onClick={() => drop.mutate(null)}>
          {t.discard}
        </Button>
      </div>
      <p className="quiet">
        {t.by(draft.by)} · {t.masked(draft.redactions)} · <Go href="/desk/assistant">{t.about}</Go>
      </p>
    </div>
  );
}
