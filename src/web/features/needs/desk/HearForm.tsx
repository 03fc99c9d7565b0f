import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { needRoutes } from '#contract/needs.ts';
import type { ClientOutput } from '#contract/route.ts';
import { AreaField, type NamedArea } from '#web/app/AreaField.tsx';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { inLanguage, languageChoice } from '#web/i18n/language.ts';
import { needs } from '#web/i18n/needs.ts';
import type { LonLatPoint } from '#web/map/layers.ts';
import { PlaceField } from '#web/map/PlaceField.tsx';
import { FormFrame } from '#web/ui/FormFrame.tsx';
import { ClassField } from './ClassField.tsx';
import { needKeys, useNeedNames, wordsQuery } from './queries.ts';

interface Wish {
  text: string;
  classCode: string | null;
  groupCode: string | null;
  people: number;
  area: NamedArea[];
  at: LonLatPoint | null;
}

const empty: Wish = { text: '', classCode: null, groupCode: null, people: 1, area: [], at: null };
const bodyOf = ({ text, classCode, groupCode, people, area, at }: Wish) => ({
  text,
  classCode,
  groupCode,
  people,
  areaCode: area[0]?.code ?? null,
  lon: at?.lon ?? null,
  lat: at?.lat ?? null,
});

/** Somebody told it at the counter, on the telephone or on the way: written down, seen as it would be taken, then kept. */
export function HearForm({ onClose, onHeard }: { onClose: () => void; onHeard: (need: string) => void }) {
  const t = useText(needs);
  const [wish, setWish] = useState(empty);
  const tried = useAct((input: Wish) => ask(needRoutes.guess, { body: bodyOf(input) }));
  const act = useAct((input: Wish, opId) => ask(needRoutes.hear, { body: { ...bodyOf(input), opId } }), {
    stale: [needKeys.all],
    onDone: ({ need }) => {
      onClose();
      onHeard(need.id);
    },
  });
  const change = (part: Partial<Wish>): void => {
    tried.reset();
    setWish({ ...wish, ...part });
  };
  const ready = wish.text.trim().length >= 2 && (wish.area.length > 0 || wish.at !== null);
  return (
    <FormFrame
      title={t.hear.title}
      send={t.hear.send}
      busy={act.isPending}
      error={act.error ?? tried.error}
      ready={ready}
      width={680}
      area="needs-form"
      onSend={() => act.mutate(wish)}
      onClose={onClose}
    >
      <label className="form-field">
        {t.hear.text}
        <textarea
          rows={3}
          maxLength={500}
          value={wish.text}
          onChange={({ target }) => change({ text: target.value })}
        />
      </label>
      <div className="form-row">
        <ClassField value={wish.classCode} none={t.hear.auto} onChange={(classCode) => change({ classCode })} />
        <GroupField value={wish.groupCode} onChange={(groupCode) => change({ groupCode })} />
        <label className="form-field">
          {t.hear.people}
          <input
            type="number"
            min={1}
            max={100000}
            value={wish.people}
            onChange={({ target }) => change({ people: Math.max(1, Number(target.value)) })}
          />
        </label>
      </div>
      <AreaField label={t.area} value={wish.area} single onChange={(area) => change({ area })} />
      <PlaceField words={t.hear} at={wish.at} onChange={(at) => change({ at })} />
      <Button disabled={!ready} loading={tried.isPending} onClick={() => tried.mutate(wish)}>
        {t.hear.try}
      </Button>
      {tried.data !== undefined && <Preview guess={tried.data} />}
    </FormFrame>
  );
}

function GroupField({ value, onChange }: { value: string | null; onChange: (code: string | null) => void }) {
  const t = useText(needs);
  const lang = languageChoice.use();
  const groups = useQuery(wordsQuery).data?.groups ?? [];
  return (
    <label className="form-field">
      {t.group}
      <select value={value ?? ''} onChange={({ target }) => onChange(target.value === '' ? null : target.value)}>
        <option value="">{t.hear.auto}</option>
        {groups.map(({ code, name, nameEn }) => (
          <option key={code} value={code}>
            {inLanguage(lang, name, nameEn)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Preview({ guess }: { guess: ClientOutput<typeof needRoutes.guess> }) {
  const t = useText(needs);
  const { classOf, groupOf } = useNeedNames();
  const { classCode, because, groupCode, groupBecause, joins } = guess;
  return (
    <div role="status" className="needs-preview">
      {guess.cleaned && (
        <p>
          {t.hear.cleaned} <q>{guess.text}</q>
        </p>
      )}
      <p>
        {classCode === null
          ? t.hear.unknown
          : because === null
            ? t.hear.chosen(classOf(classCode))
            : t.hear.taken(classOf(classCode), because)}
      </p>
      {groupBecause !== null && <p>{t.hear.taken(groupOf(groupCode), groupBecause)}</p>}
      <p>{joins === null ? t.hear.alone : t.hear.joins(joins.title, t.voices(formatNumber(joins.voices)))}</p>
    </div>
  );
}
