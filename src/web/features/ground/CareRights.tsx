import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { careRightsRoutes } from '#contract/care-files.ts';
import { correctionFields } from '#contract/care-words.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { may, useMe } from '#web/app/me.ts';
import { newOpId } from '#web/app/op-id.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { careFiles } from '#web/i18n/care-files.ts';
import { formatTime } from '#web/i18n/format.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { LongLine } from '#web/ui/FormLines.tsx';
import { Checks } from './CareTable.tsx';
import { EraseForm } from './EraseForm.tsx';
import { FormFrame } from './Parts.tsx';
import { SeenBy } from './SeenBy.tsx';
import { groundKeys } from './queries.ts';
import './care-files.css';

type Correction = ClientOutput<typeof careRightsRoutes.corrections>['items'][number];

/** What a person may ask about their own entry: who saw it, that it be put right, that it be erased. */
export function CareRights({ personId }: { personId: string }) {
  const t = useText(careFiles);
  const me = useMe();
  const [open, setOpen] = useState<'seen' | 'ask' | 'erase' | null>(null);
  const close = (): void => setOpen(null);
  const acts = [
    { key: 'seen', words: t.seen.open, may: may(me, 'care.review') },
    { key: 'ask', words: t.rights.ask, may: may(me, 'care.edit') },
    { key: 'erase', words: t.rights.erase, may: may(me, 'care.erase') },
  ] as const;
  return (
    <>
      {may(me, 'care.edit') && <Corrections personId={personId} />}
      <div className="form-buttons">
        {acts
          .filter((act) => act.may)
          .map(({ key, words }) => (
            <button key={key} type="button" className="tool tool-framed" onClick={() => setOpen(key)}>
              {words}
            </button>
          ))}
      </div>
      {open === 'seen' && <SeenBy personId={personId} onClose={close} />}
      {open === 'ask' && <CorrectionForm personId={personId} onClose={close} />}
      {open === 'erase' && <EraseForm personId={personId} onClose={close} />}
    </>
  );
}

function Corrections({ personId }: { personId: string }) {
  const t = useText(careFiles).rights;
  const list = useQuery({
    queryKey: [...groundKeys.care, 'corrections', personId],
    queryFn: ({ signal }) => ask(careRightsRoutes.corrections, { query: { person: personId } }, { signal }),
  });
  const items = list.data?.items ?? [];
  if (items.length === 0) return <ProblemNote error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <section aria-label={t.title}>
      <h3>{t.title}</h3>
      <ul className="care-corrections">
        {items.map((item) => (
          <OneCorrection key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

function OneCorrection({ item }: { item: Correction }) {
  const t = useText(careFiles).rights;
  const [settling, setSettling] = useState(false);
  // In this component only, as what a reveal shows.
  const open = useMutation({
    mutationFn: () => ask(careRightsRoutes.open, { params: { id: item.id }, body: { opId: newOpId() } }),
    gcTime: 0,
  });
  const fields = item.fields.map((field) => t.fieldNames[field]).join(' · ');
  return (
    <li>
      <span className="tag">{t.state[item.state]}</span>
      <span>{t.line(fields, formatTime(item.askedAt))}</span>
      {typeof open.data?.said === 'string' && <span className="ground-plain">{open.data.said}</span>}
      <ProblemNote error={open.error} />
      {item.state === 'open' && open.data === undefined && (
        <button type="button" className="tool" onClick={() => open.mutate(undefined)}>
          {t.open}
        </button>
      )}
      {item.maySettle && (
        <button type="button" className="tool" onClick={() => setSettling(true)}>
          {t.settle}
        </button>
      )}
      {settling && <SettleForm item={item} onClose={() => setSettling(false)} />}
    </li>
  );
}

function SettleForm({ item, onClose }: { item: Correction; onClose: () => void }) {
  const t = useText(careFiles).rights;
  const [done, setDone] = useState(true);
  const [reason, setReason] = useState('');
  const act = useAct(
    (wish: { done: boolean; reason: string }, opId) =>
      ask(careRightsRoutes.settle, { params: { id: item.id }, body: { opId, version: item.version, ...wish } }),
    { stale: [groundKeys.care], onDone: onClose },
  );
  return (
    <FormFrame
      title={t.settle}
      act={t.settle}
      busy={act.isPending}
      error={act.error}
      ready={reason.trim().length >= 2}
      onSend={() => act.mutate({ done, reason: reason.trim() })}
      onClose={onClose}
    >
      <div role="radiogroup" aria-label={t.settle} className="form-row">
        <label>
          <input type="radio" name="settle" checked={done} onChange={() => setDone(true)} /> {t.done}
        </label>
        <label>
          <input type="radio" name="settle" checked={!done} onChange={() => setDone(false)} /> {t.refused}
        </label>
      </div>
      <LongLine label={t.reason} value={reason} max={300} required onChange={setReason} />
    </FormFrame>
  );
}

function CorrectionForm({ personId, onClose }: { personId: string; onClose: () => void }) {
  const t = useText(careFiles).rights;
  const [fields, setFields] = useState<string[]>([]);
  const [said, setSaid] = useState('');
  const chosen = correctionFields.filter((field) => fields.includes(field));
  const act = useAct(
    (wish: { fields: typeof chosen; said: string }, opId) =>
      ask(careRightsRoutes.ask, { params: { id: personId }, body: { opId, ...wish } }),
    { stale: [groundKeys.care], onDone: onClose },
  );
  return (
    <FormFrame
      title={t.askTitle}
      act={t.ask}
      busy={act.isPending}
      error={act.error}
      ready={chosen.length > 0 && said.trim().length >= 2}
      onSend={() => act.mutate({ fields: chosen, said: said.trim() })}
      onClose={onClose}
    >
      <Checks
        legend={t.fields}
        choices={correctionFields.map((value) => ({ value, words: t.fieldNames[value] }))}
        chosen={fields}
        onChange={setFields}
      />
      <LongLine label={t.said} value={said} max={500} required onChange={setSaid} />
    </FormFrame>
  );
}
