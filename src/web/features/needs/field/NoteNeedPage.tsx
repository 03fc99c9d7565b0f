import { useState, type FormEvent } from 'react';
import { goTo } from '#web/app/address.ts';
import { keepAct } from '#web/field/keep-act.ts';
import { useHolder } from '#web/field/use-field.ts';
import { useText } from '#web/i18n/area.ts';
import { needsField } from '#web/i18n/needs-field.ts';
import type { LonLatPoint } from '#web/map/layers.ts';
import { usePosition } from '#web/map/position.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ChoiceTiles } from '#web/ui/light/ChoiceTiles.tsx';
import { Field, TextArea } from '#web/ui/light/Field.tsx';
import { Select } from '#web/ui/light/Select.tsx';
import { toast } from '#web/ui/light/Toast.tsx';

const page = '/field/need';
const groups = ['all', 'elder', 'child', 'disabled', 'newcomer', 'worker'] as const;

/** One line, for whom and how many, and the grid; the class is guessed from the words and confirmed at the desk. */
export function NoteNeedPage() {
  const t = useText(needsField);
  const holder = useHolder();
  const areas = areasOf(holder.account.appointments);
  const [text, setText] = useState('');
  const [group, setGroup] = useState<(typeof groups)[number]>('all');
  const [people, setPeople] = useState('1');
  const [area, setArea] = useState(areas[0]?.code ?? '');
  const [at, setAt] = useState<LonLatPoint | null>(null);
  const position = usePosition(setAt);
  const ready = text.trim().length >= 2 && area !== '';
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!ready) return;
    await keepAct(holder, {
      kind: 'need.hear',
      path: '/api/needs',
      page,
      sealed: true,
      title: text.trim().slice(0, 40),
      body: {
        text: text.trim(),
        groupCode: group,
        people: Math.max(1, Math.floor(Number(people)) || 1),
        areaCode: area,
        lon: at?.lon ?? null,
        lat: at?.lat ?? null,
      },
    });
    toast(t.kept);
    goTo('/field');
  };
  return (
    <form className="card stack" aria-label={t.title} onSubmit={(event) => void submit(event)} noValidate>
      <h1>{t.title}</h1>
      <p className="hint">{t.lead}</p>
      <TextArea label={t.text} rows={3} maxLength={500} value={text} left={t.left} hint={t.hint} onChange={setText} />
      <ChoiceTiles
        label={t.whom}
        choices={groups.map((value) => ({ value, words: t.groups[value] }))}
        value={group}
        onChange={setGroup}
      />
      <Field label={t.people} value={people} inputMode="numeric" maxLength={5} onChange={setPeople} />
      <Select
        label={t.area}
        none={t.choose}
        value={area}
        choices={areas.map(({ code, name }) => ({ value: code, words: name }))}
        onChange={setArea}
      />
      <Button wide icon="aim" busy={position.state === 'locating'} onClick={position.find}>
        {at === null ? t.here : t.found}
      </Button>
      <Button kind="main" wide type="submit" disabled={!ready}>
        {t.send}
      </Button>
    </form>
  );
}

/** The areas somebody is appointed for, each once. */
function areasOf(appointments: readonly { areaCode: string | null; areaName: string | null; live: boolean }[]) {
  const all = appointments.flatMap(({ areaCode, areaName, live }) =>
    areaCode === null || !live ? [] : [{ code: areaCode, name: areaName ?? areaCode }],
  );
  return all.filter(({ code }, k) => all.findIndex((one) => one.code === code) === k);
}
