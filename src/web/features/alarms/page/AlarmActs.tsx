import { useState } from 'react';
import { sensingRoutes } from '#contract/sensing.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { alarms } from '#web/i18n/alarms.ts';
import { useText } from '#web/i18n/area.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { useQuickAct, type QuickVerb } from '../acts.ts';
import { alarmKeys, type AlarmDetail } from '../queries.ts';
import { ClearForm, LinkForm, MuteForm, RaiseForm } from './ActForms.tsx';
import { TestCall } from './TestCall.tsx';

const quickVerbs: readonly QuickVerb[] = ['acknowledge', 'false', 'raise'];
const formVerbs = ['raise', 'clear', 'link', 'mute'] as const;
type Form = (typeof formVerbs)[number] | 'test';

/** What may be done with this alarm now: the three answers of one key, and those that need a word more. */
export function AlarmActs({ alarm }: { alarm: AlarmDetail }) {
  const t = useText(alarms);
  const act = useQuickAct();
  const [form, setForm] = useState<Form | null>(null);
  const { allowed, device } = alarm;
  const close = (): void => setForm(null);
  // Without a category in its rule, raising asks for one.
  const asksCategory = alarm.categoryCode === null;
  const quick = quickVerbs.filter((verb) => allowed.includes(verb) && !(verb === 'raise' && asksCategory));
  const forms = formVerbs.filter((verb) => allowed.includes(verb) && (verb !== 'raise' || asksCategory));
  if (allowed.length === 0) return null;
  return (
    <div className="alarm-acting">
      <div className="alarm-acts">
        {quick.map((verb) => (
          <button
            key={verb}
            type="button"
            className={verb === 'acknowledge' ? 'alarm-main' : undefined}
            disabled={act.isPending}
            onClick={() => act.mutate({ verb, ids: [alarm.id] })}
          >
            {t.verb[verb]}
          </button>
        ))}
        {forms.map((verb) => (
          <button
            key={verb}
            type="button"
            aria-expanded={form === verb}
            onClick={() => setForm(form === verb ? null : verb)}
          >
            {t.verb[verb]}
          </button>
        ))}
        {device !== null && (
          <button type="button" onClick={() => setForm('test')}>
            {t.page.testCall}
          </button>
        )}
      </div>
      <ProblemNote error={act.error} />
      {form === 'raise' && <RaiseForm id={alarm.id} onDone={close} />}
      {form === 'clear' && <ClearForm id={alarm.id} onDone={close} />}
      {form === 'link' && <LinkForm id={alarm.id} areaCode={alarm.areaCode} onDone={close} />}
      {form === 'mute' && device !== null && <MuteForm deviceId={device.id} onDone={close} />}
      {form === 'test' && device !== null && <TestCall deviceId={device.id} onClose={close} />}
      {alarm.mutedUntil !== null && device !== null && allowed.includes('mute') && <Unmute deviceId={device.id} />}
    </div>
  );
}

function Unmute({ deviceId }: { deviceId: string }) {
  const t = useText(alarms).detail;
  const act = useAct(
    (reason: string, opId) => ask(sensingRoutes.mute, { params: { id: deviceId }, body: { opId, minutes: 0, reason } }),
    { stale: [alarmKeys.all] },
  );
  return (
    <>
      <button type="button" className="link-button" disabled={act.isPending} onClick={() => act.mutate(t.unmute)}>
        {t.unmute}
      </button>
      <ProblemNote error={act.error} />
    </>
  );
}
