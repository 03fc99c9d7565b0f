import { useState } from 'react';
import { briefKinds, briefRoutes, type BriefKind } from '#contract/briefs.ts';
import { ask } from '#web/app/ask.ts';
import { useGo } from '#web/app/Go.tsx';
import { useNow } from '#web/app/now.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { briefs } from '#web/i18n/briefs.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import { FormFrame } from '#web/ui/FormFrame.tsx';
import { Line, Pick } from '#web/ui/FormLines.tsx';
import { briefsKey, type Choices } from './queries.ts';

interface Wish {
  kind: BriefKind;
  areaCode: string;
  day: string;
  to?: string;
}

/** Which days of which area; the numbers come by themselves. */
export function MakeForm({ choices, onClose }: { choices: Choices; onClose: () => void }) {
  const t = useText(briefs);
  const go = useGo();
  const yesterday = addDays(dayOf(useNow()), -1);
  const areas = choices.areas.filter(({ mayEdit }) => mayEdit);
  const [wish, setWish] = useState<Wish>({
    kind: 'weekly',
    areaCode: areas[0]?.code ?? '',
    day: addDays(yesterday, -6),
  });
  const change = (next: Partial<Wish>): void => setWish({ ...wish, ...next });
  const special = wish.kind === 'special';
  const act = useAct((body: Wish, opId) => ask(briefRoutes.make, { body: { opId, ...body } }), {
    stale: [briefsKey],
    onDone: ({ brief }) => go(`/desk/briefs/${brief.id}`),
  });
  const { to = yesterday, ...rest } = wish;
  return (
    <FormFrame
      title={t.make}
      send={t.form.send}
      busy={act.isPending}
      error={act.error}
      ready={wish.areaCode !== '' && wish.day !== ''}
      area="briefs-form"
      onSend={() => act.mutate(special ? { ...rest, to } : rest)}
      onClose={onClose}
    >
      <Pick
        label={t.kind}
        value={wish.kind}
        choices={briefKinds.map((kind) => ({ value: kind, words: t.kinds[kind] }))}
        onChange={(value) => change({ kind: briefKinds.find((kind) => kind === value) ?? 'weekly' })}
      />
      <Pick
        label={t.form.area}
        value={wish.areaCode}
        choices={areas.map(({ code, name }) => ({ value: code, words: name }))}
        onChange={(areaCode) => change({ areaCode })}
      />
      <Line
        label={t.form.day}
        type="date"
        value={wish.day}
        hint={t.form.dayHint[wish.kind]}
        required
        onChange={(day) => change({ day })}
      />
      {special && <Line label={t.form.to} type="date" value={to} required onChange={(day) => change({ to: day })} />}
    </FormFrame>
  );
}
