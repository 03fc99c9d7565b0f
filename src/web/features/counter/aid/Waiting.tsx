import { useState } from 'react';
import { keepAct } from '#web/field/keep-act.ts';
import { useHolder, useOutbox } from '#web/field/use-field.ts';
import { useText } from '#web/i18n/area.ts';
import { counterAid } from '#web/i18n/counter-aid.ts';
import { formatTime } from '#web/i18n/format.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import { counterRoads, type CounterStation } from '../counter-api.ts';
import { counterPaths } from '../paths.ts';
import { useStanding } from '../use-counter.ts';
import { useNamed } from '#web/i18n/use-named.ts';

type WaitingAid = CounterStation['waiting'][number];

/** Whom to ask after; nobody is named, so it is the one who rests here. */
export function Waiting() {
  const t = useText(counterAid);
  const { station } = useStanding();
  const asked = new Set(useOutbox().commands.map(({ path }) => path as string));
  const rows = station.waiting.filter(({ recordId }) => !asked.has(counterRoads.aid(recordId)));
  if (rows.length === 0) return null;
  return (
    <section className="card card-amber" aria-label={t.waiting}>
      <h2>{t.waiting}</h2>
      <ul className="plain-list">
        {rows.map((row) => (
          <li key={row.recordId}>
            <Row row={row} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ row }: { row: WaitingAid }) {
  const t = useText(counterAid);
  const named = useNamed();
  const { words } = useStanding();
  const holder = useHolder();
  const [asking, setAsking] = useState(false);
  const card = named(words.cards.find(({ code }) => code === row.card));
  const say = async (outcome: string): Promise<void> => {
    setAsking(false);
    await keepAct(holder, {
      kind: 'service.aid',
      path: counterRoads.aid(row.recordId),
      lane: row.recordId,
      page: counterPaths.aid,
      title: t.askedTitle(card),
      body: { act: 'asked', outcome, steps: [], take: [], consent: false, askAgain: false },
    });
  };
  return (
    <div className="counter-row">
      <span>
        <strong>{card}</strong>
        <br />
        <span className="hint">{t.askBy(formatTime(row.at), formatTime(row.askAt))}</span>
      </span>
      <Button icon="check" onClick={() => setAsking(true)}>
        {t.asked}
      </Button>
      {asking && (
        <Sheet title={t.how} onClose={() => setAsking(false)}>
          <div className="stack">
            {words.outcomes.map((outcome) => (
              <Button key={outcome.code} wide onClick={() => void say(outcome.code)}>
                {named(outcome)}
              </Button>
            ))}
            <p className="hint">
              <Icon name="info" size={18} /> {t.danger}
            </p>
          </div>
        </Sheet>
      )}
    </div>
  );
}
