import { useState } from 'react';
import { call } from '#web/app/call.ts';
import { useLoad } from '#web/app/use-load.ts';
import { signOutField } from '#web/field/field-app.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { fieldDay } from '#web/i18n/field-day.ts';
import { field } from '#web/i18n/field.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { words as tradeWords } from '#web/i18n/words.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import { useHolder, useOutbox } from '#web/field/use-field.ts';
import { burdenApi } from './my-api.ts';
import { MyAsked } from './MyAsked.tsx';
import { MyLeave } from './MyLeave.tsx';
import { Switches } from './Switches.tsx';

export function MePage() {
  const t = useText(field).me;
  const shared = useText(common);
  const { account } = useHolder();
  const unsent = useOutbox().commands.length;
  const [leaving, setLeaving] = useState(false);
  return (
    <>
      <h1>{account.displayName}</h1>
      <Offices />
      <MyWeek />
      <MyAsked />
      <MyLeave />
      <section className="card">
        <h2>{t.display}</h2>
        <Switches />
      </section>
      <p className="note note-good">{t.privacy}</p>
      <p className="hint">{t.install}</p>
      <Button wide onClick={() => setLeaving(true)}>
        {t.signOut}
      </Button>
      {leaving && (
        <Sheet title={t.signOut} onClose={() => setLeaving(false)}>
          <div className="stack">
            <p>{t.signOutSure(unsent)}</p>
            <Button kind="danger" wide onClick={() => void signOutField()}>
              {t.signOut}
            </Button>
            <Button wide onClick={() => setLeaving(false)}>
              {shared.cancel}
            </Button>
          </div>
        </Sheet>
      )}
    </>
  );
}

const loadWeek = (signal: AbortSignal) => call(burdenApi.mine, { query: { weeks: 1 } }, { signal });

/** What this week asked of me; nothing is said where it cannot be read. */
function MyWeek() {
  const t = useText(fieldDay).week;
  const week = useLoad('my-week', loadWeek).value?.weeks[0];
  if (week === undefined) return null;
  return (
    <section className="card" aria-labelledby="my-week">
      <h2 id="my-week">{t.heading}</h2>
      <p>{t.told(week.forms, week.photos, week.minutes)}</p>
      <p className="hint">{t.hint}</p>
    </section>
  );
}

function Offices() {
  const t = useText(field).me;
  const roles: Record<string, string> = useText(tradeWords).role;
  const language = languageChoice.use();
  const { account } = useHolder();
  return (
    <section className="card" aria-label={t.unit}>
      <ul className="plain-list">
        {account.appointments
          .filter((office) => office.live)
          .map((office) => (
            <li key={office.id}>
              <strong>{roles[office.role] ?? office.role}</strong>
              <br />
              {language === 'zh' || office.unitNameEn === '' ? office.unitName : office.unitNameEn}
              {office.areaName === null ? '' : ` · ${office.areaName}`}
            </li>
          ))}
      </ul>
    </section>
  );
}
