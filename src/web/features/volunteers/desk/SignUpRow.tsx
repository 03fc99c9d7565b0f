import { useState } from 'react';
import { volunteerRoutes } from '#contract/volunteers.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { volunteers } from '#web/i18n/volunteers.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { OneLineForm } from './OneLineForm.tsx';
import { volunteersKey, type SignUp } from './queries.ts';
import { clockOf } from '#web/i18n/local-time.ts';
import { momentOf } from './times.ts';

export interface PlaceTimes {
  startsAt: string;
  endsAt: string;
}

interface RowProps {
  one: SignUp;
  shift: PlaceTimes;
  mayManage: boolean;
  nowMs: number;
}

/** One place of a shift: who, what was recorded, and the one or two things a head does now. */
export function SignUpRow({ one, shift, mayManage, nowMs }: RowProps) {
  const t = useText(volunteers).shift;
  const marks = [
    ...(one.place === 'partner' ? [t.partnerPlace] : []),
    ...(one.first ? [t.first] : []),
    ...(one.own ? [t.own] : []),
    ...(one.swapAsked ? [t.swap] : []),
  ];
  return (
    <li className="roster-person" data-sign-up={one.id}>
      <div className="roster-line">
        <strong>
          {one.name} {one.phoneTail}
        </strong>
        <Stand one={one} />
        {marks.map((words) => (
          <span key={words} className="roster-mark">
            {words}
          </span>
        ))}
      </div>
      {mayManage && !one.own && <Acts one={one} shift={shift} nowMs={nowMs} />}
    </li>
  );
}

function Stand({ one }: { one: SignUp }) {
  const t = useText(volunteers).shift;
  const { presence, arrivedAt, leftAt, minutes, late, early } = one.attendance;
  if (presence === 'absent') return <span>{t.didNotCome}</span>;
  const extra = `${late ? ` · ${t.late}` : ''}${early ? ` · ${t.early}` : ''}`;
  if (presence === 'came' && arrivedAt !== null && leftAt !== null)
    return (
      <span>
        {t.came(clockOf(arrivedAt), clockOf(leftAt), formatNumber(minutes ?? 0))}
        {extra}
      </span>
    );
  return arrivedAt === null ? null : (
    <span>
      {t.since(clockOf(arrivedAt))}
      {extra}
    </span>
  );
}

const soonMs = 30 * 60_000;

function Acts({ one, shift, nowMs }: Omit<RowProps, 'mayManage'>) {
  const t = useText(volunteers).shift;
  const [form, setForm] = useState<'times' | 'off' | null>(null);
  const running = nowMs >= Date.parse(shift.startsAt) - soonMs && nowMs < Date.parse(shift.endsAt) + soonMs;
  const begun = nowMs >= Date.parse(shift.startsAt);
  const { presence, arrivedAt } = one.attendance;
  const arrive = useAct(
    (_: null, opId) => ask(volunteerRoutes.arrive, { params: { id: one.id }, body: { opId, version: one.version } }),
    { stale: [volunteersKey] },
  );
  const leave = useAct(
    (leftAt: string, opId) =>
      ask(volunteerRoutes.confirm, {
        params: { id: one.id },
        body: { opId, version: one.version, presence: 'came', leftAt },
      }),
    { stale: [volunteersKey] },
  );
  return (
    <>
      <div className="roster-line">
        {running && arrivedAt === null && presence === null && (
          <button
            type="button"
            className="tool tool-main roster-big"
            disabled={arrive.isPending}
            onClick={() => arrive.mutate(null)}
          >
            {t.arrive}
          </button>
        )}
        {running && arrivedAt !== null && presence === null && (
          <button
            type="button"
            className="tool tool-main roster-big"
            disabled={leave.isPending}
            onClick={() => leave.mutate(new Date(Math.floor(Date.now() / 1000) * 1000).toISOString())}
          >
            {t.leave}
          </button>
        )}
        {begun && (
          <button type="button" className="tool tool-framed" onClick={() => setForm(form === 'times' ? null : 'times')}>
            {presence === null ? t.confirm : t.correct}
          </button>
        )}
        {arrivedAt === null && presence === null && (
          <button type="button" className="tool" onClick={() => setForm(form === 'off' ? null : 'off')}>
            {t.off}
          </button>
        )}
      </div>
      <ProblemNote error={arrive.error ?? leave.error} />
      {form === 'times' && <TimesForm one={one} shift={shift} onDone={() => setForm(null)} />}
      {form === 'off' && <OffForm id={one.id} onDone={() => setForm(null)} />}
    </>
  );
}

/** The real times, or that nobody came; with a reason when something confirmed is put right. */
function TimesForm({ one, shift, onDone }: { one: SignUp; shift: PlaceTimes; onDone: () => void }) {
  const t = useText(volunteers).shift;
  const { attendance } = one;
  const [from, setFrom] = useState(clockOf(attendance.arrivedAt ?? shift.startsAt));
  const [until, setUntil] = useState(clockOf(attendance.leftAt ?? shift.endsAt));
  const [reason, setReason] = useState('');
  const correcting = attendance.presence !== null;
  const act = useAct(
    (presence: 'came' | 'absent', opId) => {
      const times = presence === 'came' ? { arrivedAt: momentOf(shift, from), leftAt: momentOf(shift, until) } : {};
      const body = { opId, version: one.version, presence, ...times };
      const params = { id: one.id };
      return correcting
        ? ask(volunteerRoutes.correct, { params, body: { ...body, reason } })
        : ask(volunteerRoutes.confirm, { params, body });
    },
    { stale: [volunteersKey], onDone },
  );
  const blocked = act.isPending || (correcting && reason.trim().length < 2);
  return (
    <form
      className="roster-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!blocked) act.mutate('came');
      }}
    >
      <label className="roster-field">
        <span>{t.arrivedAt}</span>
        <input type="time" required value={from} onChange={({ target }) => setFrom(target.value)} />
      </label>
      <label className="roster-field">
        <span>{t.leftAt}</span>
        <input type="time" required value={until} onChange={({ target }) => setUntil(target.value)} />
      </label>
      {correcting && (
        <label className="roster-field roster-wide">
          <span>{t.reason}</span>
          <input value={reason} maxLength={300} onChange={({ target }) => setReason(target.value)} />
        </label>
      )}
      <button type="submit" className="tool tool-main" disabled={blocked}>
        {correcting ? t.correct : t.confirm}
      </button>
      <button type="button" className="tool tool-framed" disabled={blocked} onClick={() => act.mutate('absent')}>
        {t.absent}
      </button>
      <ProblemNote error={act.error} />
    </form>
  );
}

function OffForm({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useText(volunteers).shift;
  const act = useAct(
    (words: string, opId) => ask(volunteerRoutes.withdraw, { params: { id }, body: { opId, reason: words } }),
    { stale: [volunteersKey], onDone },
  );
  return <OneLineForm label={t.reason} send={t.off} maxLength={200} act={act} />;
}
