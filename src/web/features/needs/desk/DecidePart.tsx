import { useState } from 'react';
import { needRoutes } from '#contract/needs.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { needs } from '#web/i18n/needs.ts';
import { FormFrame } from '#web/ui/FormFrame.tsx';
import { ClassField } from './ClassField.tsx';
import { needKeys, type NeedDetail } from './queries.ts';

export type Decision =
  | { kind: 'state'; state: 'open' | 'listed' | 'met' | 'declined' }
  | { kind: 'describe' }
  | { kind: 'split' }
  | { kind: 'merge'; other: NeedDetail['near'][number] };

const steps: Readonly<Record<string, readonly ('open' | 'listed' | 'met' | 'declined')[]>> = {
  open: ['listed', 'met', 'declined'],
  listed: ['met', 'declined', 'open'],
  planned: ['met', 'listed'],
  met: ['open'],
  declined: ['open'],
};

interface DecidePartProps {
  need: NeedDetail;
  picked: readonly string[];
  decision: Decision | null;
  onDecide: (decision: Decision | null) => void;
  onShow: (id: string) => void;
}

/** What a community or a planner may do with a need, always with a reason. */
export function DecidePart({ need, picked, decision, onDecide, onShow }: DecidePartProps) {
  const t = useText(needs).decide;
  const living = ['open', 'listed', 'planned'].includes(need.state);
  return (
    <div className="needs-tools">
      {living && (
        <button type="button" className="tool tool-framed" onClick={() => onDecide({ kind: 'describe' })}>
          {t.describe}
        </button>
      )}
      {(steps[need.state] ?? []).map((state) => (
        <button
          key={state}
          type="button"
          className="tool tool-framed"
          onClick={() => onDecide({ kind: 'state', state })}
        >
          {t[state]}
        </button>
      ))}
      {living && need.voices > 1 && (
        <button
          type="button"
          className="tool tool-framed"
          disabled={picked.length === 0 || picked.length >= need.voices}
          title={picked.length === 0 ? t.splitHint : undefined}
          onClick={() => onDecide({ kind: 'split' })}
        >
          {t.split}
        </button>
      )}
      {decision !== null && (
        <DecideForm need={need} picked={picked} decision={decision} onClose={() => onDecide(null)} onShow={onShow} />
      )}
    </div>
  );
}

interface FormProps {
  need: NeedDetail;
  picked: readonly string[];
  decision: Decision;
  onClose: () => void;
  onShow: (id: string) => void;
}

interface Wish {
  reason: string;
  title: string;
  classCode: string | null;
}

function DecideForm({ need, picked, decision, onClose, onShow }: FormProps) {
  const t = useText(needs);
  const [wish, setWish] = useState<Wish>(() => ({
    reason: '',
    title: decision.kind === 'split' ? (need.voiceList.find(({ id }) => id === picked[0])?.text ?? '').slice(0, 60) : need.title, // prettier-ignore
    classCode: decision.kind === 'split' ? null : need.classCode,
  }));
  const act = useAct((input: Wish, opId) => send(need, picked, decision, { ...input, opId }), {
    stale: [needKeys.all],
    onDone: (made) => {
      onClose();
      if (made !== null) onShow(made);
    },
  });
  const named = decision.kind === 'describe' || decision.kind === 'split';
  const ready = (decision.kind === 'describe' || wish.reason.trim().length >= 2) && wish.title.trim().length >= 2;
  return (
    <FormFrame
      title={titleOf(t.decide, decision)}
      send={t.decide.send}
      busy={act.isPending}
      error={act.error}
      ready={ready}
      area="needs-form"
      onSend={() => act.mutate(wish)}
      onClose={onClose}
    >
      {named && (
        <>
          <ClassField
            value={wish.classCode}
            none={t.decide.noClass}
            onChange={(classCode) => setWish({ ...wish, classCode })}
          />
          <label className="form-field">
            {t.decide.name}
            <input
              value={wish.title}
              maxLength={120}
              onChange={({ target }) => setWish({ ...wish, title: target.value })}
            />
          </label>
        </>
      )}
      <label className="form-field">
        {t.reason}
        <textarea
          value={wish.reason}
          rows={3}
          maxLength={200}
          placeholder={t.decide.reasonHint}
          onChange={({ target }) => setWish({ ...wish, reason: target.value })}
        />
      </label>
    </FormFrame>
  );
}

function titleOf(t: (typeof needs)['zh']['decide'], decision: Decision): string {
  if (decision.kind === 'state') return t[decision.state];
  if (decision.kind === 'merge') return t.mergeThis(decision.other.title);
  return t[decision.kind];
}

/** Sends the decision; answers a need to show afterwards. */
async function send(
  { id, version }: NeedDetail,
  voices: readonly string[],
  decision: Decision,
  { opId, reason, title, classCode }: Wish & { opId: string },
): Promise<string | null> {
  const params = { id };
  const base = { opId, version, reason };
  if (decision.kind === 'state') await ask(needRoutes.settle, { params, body: { ...base, state: decision.state } });
  else if (decision.kind === 'merge') {
    const from = [{ id: decision.other.id, version: decision.other.version }];
    await ask(needRoutes.merge, { params, body: { ...base, from } });
  } else if (decision.kind === 'describe')
    await ask(needRoutes.describe, { params, body: { ...base, title, ...(classCode === null ? {} : { classCode }) } });
  else return (await ask(needRoutes.split, { params, body: { ...base, voices: [...voices], title, classCode } })).made;
  return null;
}
