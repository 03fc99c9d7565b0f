import { Button } from 'antd';
import { useState } from 'react';
import { nearbyRoutes } from '#contract/operations.ts';
import { ask } from '#web/app/ask.ts';
import { CareMark } from '#web/app/CareMark.tsx';
import { useCareTags, useRiskKinds } from '#web/app/ground-words.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDistance } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { operations } from '#web/i18n/operations.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { ChoiceField, LineField, LittleForm } from '../parts/Fields.tsx';
import type { PersonNear, RiskPoint, Room } from '../queries.ts';

const radii = [50, 100, 200, 300, 500, 1000] as const;

export interface NearbyProps {
  room: Room;
  radiusM: number;
  onRadius: (radiusM: number) => void;
  /** Null: not asked for yet. */
  people: readonly PersonNear[] | null;
  onPeople: (people: readonly PersonNear[]) => void;
  risks: { data?: { items: readonly RiskPoint[] } | undefined; error: unknown };
}

/** Risk points around, and people in care: these only after saying what for, which goes into the ledger. */
export function Nearby({ room, radiusM, onRadius, people, onPeople, risks }: NearbyProps) {
  const t = useText(operations).nearby;
  const lang = languageChoice.use();
  const choices = radii.some((one) => one === radiusM) ? radii : [...radii, radiusM].toSorted((a, b) => a - b);
  return (
    <section className="nearby" aria-label={t.title}>
      <h3 className="room-small-title">{t.title}</h3>
      <ChoiceField
        label={t.radius}
        value={`${radiusM}`}
        options={choices.map((one) => ({ value: `${one}`, words: formatDistance(one, lang) }))}
        onChange={(next) => onRadius(Number(next))}
      />
      {room.may.nearby &&
        (people === null ? <Purpose room={room} radiusM={radiusM} onPeople={onPeople} /> : <People people={people} />)}
      <ProblemNote error={risks.error} />
      {risks.data !== undefined && <Risks items={risks.data.items} />}
    </section>
  );
}

function Purpose({ room, radiusM, onPeople }: { room: Room; radiusM: number; onPeople: NearbyProps['onPeople'] }) {
  const t = useText(operations).nearby;
  const usual = Object.values(t.purposes);
  const [purpose, setPurpose] = useState('');
  const act = useAct(
    (body: { radiusM: number; purpose: string }) => ask(nearbyRoutes.nearby, { params: { id: room.event.id }, body }),
    { onDone: (answer) => onPeople(answer.people) },
  );
  const ready = purpose.trim().length >= 2;
  const send = (): void => {
    if (ready) act.mutate({ radiusM, purpose: purpose.trim() });
  };
  return (
    <LittleForm label={t.careTitle} onSend={send}>
      <small>{t.careHidden}</small>
      <div className="room-buttons">
        {usual.map((one) => (
          <button
            key={one}
            type="button"
            className="room-button"
            aria-pressed={purpose === one}
            onClick={() => setPurpose(one)}
          >
            {one}
          </button>
        ))}
      </div>
      <LineField label={t.purpose} max={200} value={purpose} onChange={setPurpose} />
      <ProblemNote error={act.error} />
      <div className="room-buttons">
        <Button htmlType="submit" disabled={!ready} loading={act.isPending}>
          {t.show}
        </Button>
      </div>
    </LittleForm>
  );
}

function People({ people }: { people: readonly PersonNear[] }) {
  const { nameOf } = useCareTags();
  const t = useText(operations).nearby;
  const lang = languageChoice.use();
  return (
    <>
      <p>
        <b>{t.care(people.length)}</b>
      </p>
      {people.some(({ name }) => name === null) && <p className="quiet">{t.glance}</p>}
      {people.length === 0 && <p className="quiet">{t.none}</p>}
      <ul className="room-list" aria-label={t.careTitle}>
        {people.map((one, k) => (
          <li key={one.id ?? k}>
            <CareMark colour={one.colour} /> <b>{one.name}</b> {one.address}{' '}
            <small>
              {one.exact ? formatDistance(one.distanceM, lang) : t.about(formatDistance(one.distanceM, lang))}
            </small>{' '}
            {one.tags.map((tag) => (
              <i key={tag} className="tag tag-urged">
                {nameOf(tag)}
              </i>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}

function Risks({ items }: { items: readonly RiskPoint[] }) {
  const { nameOf } = useRiskKinds();
  const t = useText(operations).nearby;
  const lang = languageChoice.use();
  return (
    <>
      <p>
        <b>{t.risk(items.length)}</b>
      </p>
      <ul className="room-list">
        {items.map((one) => (
          <li key={one.id}>
            {one.name} <i className="tag">{nameOf(one.kind)}</i> <i className="tag">{t.level(`${one.level}`)}</i>{' '}
            <small>{formatDistance(one.distanceM, lang)}</small>
          </li>
        ))}
      </ul>
    </>
  );
}
