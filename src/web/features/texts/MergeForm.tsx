import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { textRoutes } from '#contract/texts.ts';
import { ask } from '#web/app/ask.ts';
import { useSend } from '#web/app/use-send.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { texts } from '#web/i18n/texts.ts';
import { FormFrame } from '#web/ui/FormFrame.tsx';
import { StatusMark } from '#web/ui/StatusMark.tsx';
import { hotKey, type Case, type IssueDetail } from './queries.ts';

interface MergeFormProps {
  issue: IssueDetail;
  open: readonly Case[];
  onClose: () => void;
  onDone: (words: string) => void;
}

/** Which one stays and which go into it: looked at before it is done. The oldest is offered to stay. */
export function MergeForm({ issue, open, onClose, onDone }: MergeFormProps) {
  const t = useText(texts).hot;
  const client = useQueryClient();
  const { busy, error, send } = useSend();
  const movable = open.filter(({ id }) => issue.mergeable.includes(id));
  // One that is being handled stays rather than one that nobody has begun.
  const oldest = (open.findLast((one) => !movable.includes(one)) ?? open.at(-1))?.id ?? '';
  const [intoId, setInto] = useState(oldest);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState('');
  const [refused, setRefused] = useState<{ number: string; message: string }[]>([]);
  const chosen = movable.filter(({ id }) => id !== intoId && !left.has(id)).map(({ id }) => id);

  const merge = async (): Promise<void> => {
    const body = { intoId, eventIds: chosen, reason: reason.trim() };
    const answer = await send(JSON.stringify(body), (opId) =>
      ask(textRoutes.mergeIssue, { params: { id: issue.id }, body: { ...body, opId } }),
    );
    if (answer === undefined) return;
    await Promise.all([
      client.invalidateQueries({ queryKey: hotKey }),
      client.invalidateQueries({ queryKey: ['events'] }),
    ]);
    const failed = answer.results.filter((one) => !one.ok);
    if (failed.length === 0) return onDone(t.merged(formatNumber(answer.results.length)));
    setRefused(failed.map(({ id, message }) => ({ number: numberOf(open, id), message: message ?? '' })));
  };
  return (
    <FormFrame
      title={t.merge}
      send={t.mergeSend(formatNumber(chosen.length))}
      busy={busy !== ''}
      error={error}
      ready={chosen.length > 0}
      area="hot-form"
      width={640}
      onSend={() => void merge()}
      onClose={onClose}
    >
      <p className="quiet">{t.mergeLead}</p>
      <fieldset className="hot-choices">
        <legend>{t.into}</legend>
        {open.map((one) => (
          <label key={one.id}>
            <input type="radio" name="into" checked={one.id === intoId} onChange={() => setInto(one.id)} />
            <CaseWords one={one} />
          </label>
        ))}
      </fieldset>
      <fieldset className="hot-choices">
        <legend>{t.mergeThese(formatNumber(chosen.length))}</legend>
        {movable
          .filter(({ id }) => id !== intoId)
          .map((one) => (
            <label key={one.id}>
              <input type="checkbox" checked={!left.has(one.id)} onChange={() => setLeft(toggled(left, one.id))} />
              <CaseWords one={one} />
            </label>
          ))}
      </fieldset>
      <label>
        {t.reason}
        <textarea rows={2} maxLength={500} value={reason} onChange={(typed) => setReason(typed.target.value)} />
      </label>
      {refused.map(({ number, message }) => (
        <p key={number} className="note" role="alert">
          {t.refused(number)}
          {message}
        </p>
      ))}
    </FormFrame>
  );
}

function CaseWords({ one }: { one: Case }) {
  const t = useText(texts).hot;
  const lang = languageChoice.use();
  return (
    <span>
      {t.intoName(one.number, one.title)}
      <small>
        <StatusMark status={one.status} /> {formatTime(one.reportedAt, lang)}
      </small>
    </span>
  );
}

const numberOf = (cases: readonly Case[], id: string): string => cases.find((one) => one.id === id)?.number ?? id;

function toggled(set: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
