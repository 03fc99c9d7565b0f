import { useState } from 'react';
import type { forceRoutes } from '#contract/force.ts';
import type { ClientOutput } from '#contract/route.ts';
import { call } from '#web/app/call.ts';
import { useSend } from '#web/app/use-send.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { force } from '#web/i18n/force.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import { Select } from '#web/ui/light/Select.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { ownApi } from './my-api.ts';

type Mine = ClientOutput<typeof forceRoutes.mine>;
type Words = ClientOutput<typeof forceRoutes.words>;

const loadOwn = async (signal: AbortSignal) => {
  const [mine, words] = await Promise.all([call(ownApi.mine, {}, { signal }), call(ownApi.words, {}, { signal })]);
  return { mine, words };
};

/** One's own leave: what was asked and answered, whom one stands in for, and asking for more. Needs a signal. */
export function MyLeave() {
  const t = useText(force);
  const { value, reload } = useLoad('my-leave', loadOwn);
  const [asking, setAsking] = useState(false);
  if (value === undefined) return null;
  const { mine, words } = value;
  return (
    <section className="card" aria-labelledby="my-leave">
      <h2 id="my-leave">{t.mine.leave}</h2>
      {mine.standingIn.map((one) => (
        <p key={`${one.name} ${one.firstDay}`}>{t.mine.standingFor(one.name, t.days(one.firstDay, one.lastDay))}</p>
      ))}
      {mine.leaves.length > 0 && (
        <ul className="plain-list">
          {mine.leaves.map((one) => (
            <LeaveLine key={one.id} leave={one} onDone={reload} />
          ))}
        </ul>
      )}
      {asking ? (
        <AskLeave
          mine={mine}
          words={words}
          onDone={() => {
            setAsking(false);
            toast(t.mine.sent);
            reload();
          }}
        />
      ) : (
        <Button wide onClick={() => setAsking(true)}>
          {t.mine.ask}
        </Button>
      )}
    </section>
  );
}

function LeaveLine({ leave, onDone }: { leave: Mine['leaves'][number]; onDone: () => void }) {
  const t = useText(force);
  const { busy, error, send } = useSend(onDone);
  const open = leave.state === 'asked' || leave.state === 'granted';
  const withdraw = (opId: string) => call(ownApi.withdrawLeave, { params: { id: leave.id }, body: { opId } });
  return (
    <li>
      <strong>{t.days(leave.firstDay, leave.lastDay)}</strong> {t.leave.states[leave.state]}
      <p className="hint">{leave.cover?.name ?? (leave.state === 'asked' ? t.mine.nobody : t.leave.nobody)}</p>
      {error !== undefined && <ErrorNote error={error} />}
      {open && (
        <Button kind="quiet" busy={busy !== ''} onClick={() => void send('withdraw', withdraw)}>
          {t.mine.withdraw}
        </Button>
      )}
    </li>
  );
}

function AskLeave({ mine, words, onDone }: { mine: Mine; words: Words; onDone: () => void }) {
  const t = useText(force).mine;
  const english = languageChoice.use() === 'en';
  const [firstDay, setFirst] = useState('');
  const [lastDay, setLast] = useState('');
  const [reason, setReason] = useState('');
  const [cover, setCover] = useState('');
  const { busy, error, send } = useSend(onDone);
  const wish = { firstDay, lastDay, reason, coverId: cover === '' ? null : cover };
  const ready = firstDay !== '' && lastDay >= firstDay && reason !== '';
  return (
    <div className="stack">
      <Field label={t.first} type="date" value={firstDay} onChange={setFirst} />
      <Field label={t.last} type="date" value={lastDay} onChange={setLast} />
      <Select
        label={t.reason}
        none={t.choose}
        value={reason}
        choices={words.reasons.map((one) => ({ value: one.code, words: english ? one.nameEn : one.name }))}
        onChange={setReason}
      />
      <Select
        label={t.cover}
        none={t.nobody}
        value={cover}
        choices={mine.colleagues.map(({ id, name }) => ({ value: id, words: name }))}
        onChange={setCover}
      />
      {error !== undefined && <ErrorNote error={error} />}
      <Button
        kind="main"
        wide
        busy={busy !== ''}
        disabled={!ready}
        onClick={() => void send(JSON.stringify(wish), (opId) => call(ownApi.askLeave, { body: { opId, ...wish } }))}
      >
        {t.ask}
      </Button>
    </div>
  );
}
