import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { warningRoutes } from '#contract/warnings.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatTime } from '#web/i18n/format.ts';
import { warnings } from '#web/i18n/warnings.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { ColourMark } from './ColourMark.tsx';
import { warningKeys, warningQuery, type WarningDetail } from './queries.ts';
import { WarningMarks } from './WarningList.tsx';

export interface WarningPaneProps {
  id: string;
  onOpen: (id: string) => void;
  onUpdate: () => void;
}

/** One message in full: what it says, the chain it belongs to, what it switched on. */
export function WarningPane({ id, onOpen, onUpdate }: WarningPaneProps) {
  const c = useText(common);
  const { data, error, refetch } = useQuery(warningQuery(id));
  if (error !== null) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined)
    return (
      <p className="waiting" role="status">
        {c.loading}
      </p>
    );
  return (
    <article className="warning-pane">
      <h2>{data.headline || data.event}</h2>
      <p className="warnings-marks">
        <ColourMark colour={data.colour} />
        <WarningMarks row={data} />
      </p>
      {data.mayIssue && <Acts id={id} onUpdate={onUpdate} onDone={onOpen} />}
      <Facts of={data} />
      <Chain of={data} onOpen={onOpen} />
      <Effects of={data} />
      <Original xml={data.xml} />
    </article>
  );
}

function Acts({ id, onUpdate, onDone }: { id: string; onUpdate: () => void; onDone: (id: string) => void }) {
  const t = useText(warnings).detail;
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const act = useAct(
    (words: string, opId) => ask(warningRoutes.cancel, { params: { id }, body: { opId, reason: words } }),
    { stale: [warningKeys.all], onDone: (answer) => onDone(answer.id) },
  );
  if (!asking)
    return (
      <p className="warnings-marks">
        <button type="button" className="tool tool-framed" onClick={onUpdate}>
          {t.update}
        </button>
        <button type="button" className="tool tool-framed" onClick={() => setAsking(true)}>
          {t.cancel}
        </button>
      </p>
    );
  return (
    <form
      className="warning-form"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(reason.trim());
      }}
    >
      <label>
        <span>{t.cancelReason}</span>
        <textarea
          rows={2}
          required
          minLength={2}
          maxLength={500}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      <ProblemNote error={act.error} />
      <button type="submit" disabled={act.isPending || reason.trim().length < 2}>
        {t.confirmCancel}
      </button>
    </form>
  );
}

function Facts({ of }: { of: WarningDetail }) {
  const t = useText(warnings);
  const info = of.infos.find(({ language }) => language.startsWith('zh')) ?? of.infos[0];
  const issuer = of.issuer === null ? '' : t.detail.issuer(of.issuer.division, formatTime(of.issuer.enteredAt));
  const facts: [string, ReactNode][] = [
    [t.detail.areas, of.outside ? t.outside : of.areas.map(({ name }) => name).join(t.comma)],
    [t.detail.time, `${formatTime(of.startsAt)} ${t.until(formatTime(of.endsAt))}`],
    [t.detail.description, info?.description ?? of.note],
    [t.detail.instruction, info?.instruction],
    [t.detail.certainty, info === undefined ? '' : `${t.certainty[info.certainty]} · ${t.urgency[info.urgency]}`],
    [t.detail.sender, [info?.senderName, of.sender].filter(Boolean).join(' · ')],
    [t.detail.identifier, [of.identifier, issuer].filter(Boolean).join(' · ')],
    [t.detail.origin, [t.origin[of.origin], of.source].filter(Boolean).join(' · ')],
  ];
  return (
    <dl className="warning-facts">
      {facts
        .filter(([, value]) => value !== '' && value !== null && value !== undefined)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function Chain({ of, onOpen }: { of: WarningDetail; onOpen: (id: string) => void }) {
  const t = useText(warnings);
  if (of.chain.length < 2) return null;
  return (
    <section>
      <h3>{t.detail.chain}</h3>
      <ol className="warning-chain">
        {of.chain.map((one) => (
          <li key={one.id} aria-current={one.id === of.id ? 'true' : undefined}>
            <time dateTime={one.sent}>{formatTime(one.sent)}</time>
            <ColourMark colour={one.colour} />
            <button type="button" className="link-button" onClick={() => onOpen(one.id)}>
              {t.msgType[one.msgType]}
            </button>
            <span className="quiet">{t.state[one.state]}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Effects({ of }: { of: WarningDetail }) {
  const t = useText(warnings);
  return (
    <section>
      <h3>{t.detail.effects}</h3>
      {of.effects.length === 0 && <p className="quiet">{t.detail.noEffects}</p>}
      <ul className="warning-chain">
        {of.effects.map((run) => (
          <li key={run.id}>
            <span className={run.offAt === null ? 'tag tag-supervised' : 'tag'}>{t.effect[run.effect]}</span>
            <code>{run.target}</code>
            <span className="quiet">
              {run.offAt === null ? t.detail.on(formatTime(run.onAt)) : t.detail.off(formatTime(run.offAt))}
            </span>
            {run.few && <span>{t.detail.few}</span>}
            {run.matched !== null && <span>{t.detail.matched(run.matched)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Original({ xml }: { xml: string }) {
  const t = useText(warnings).detail;
  return (
    <details className="warning-xml">
      <summary>{t.xml}</summary>
      <textarea className="warning-text" readOnly rows={16} aria-label={t.xml} value={xml} />
    </details>
  );
}
