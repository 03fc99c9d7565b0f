import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { briefRoutes } from '#contract/briefs.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import { ask } from '#web/app/ask.ts';
import { useGo } from '#web/app/Go.tsx';
import { useNow } from '#web/app/now.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { briefs } from '#web/i18n/briefs.ts';
import { FormFrame } from '#web/ui/FormFrame.tsx';
import { Line, Pick } from '#web/ui/FormLines.tsx';
import { briefsKey, issueQuery, type Choices } from './queries.ts';

interface MakeIssueFormProps {
  /** Of the hot issue. */
  id: string;
  choices: Choices;
  onClose: () => void;
}

/** Which days of a hot issue a special brief tells of: all of it up to yesterday, unless one says otherwise. */
export function MakeIssueForm({ id, choices, onClose }: MakeIssueFormProps) {
  const t = useText(briefs);
  const go = useGo();
  const issue = useQuery(issueQuery(id));
  const yesterday = addDays(dayOf(useNow()), -1);
  const [wish, setWish] = useState<{ areaCode?: string; day?: string; to?: string }>({});
  // Codes begin with those of the areas above, but for the city: the smallest that holds the issue stands first.
  const areas = choices.areas
    .filter(({ code, tier, mayEdit }) => mayEdit && (tier === 'city' || issue.data?.areaCode.startsWith(code) === true))
    .toSorted((a, b) => Number(a.tier === 'city') - Number(b.tier === 'city') || b.code.length - a.code.length);
  const began = issue.data === undefined ? yesterday : dayOf(Date.parse(issue.data.firstAt));
  const { areaCode = areas[0]?.code ?? '', day = began, to = yesterday } = wish;
  const act = useAct(
    (body: { areaCode: string; day: string; to: string }, opId) =>
      ask(briefRoutes.make, { body: { opId, kind: 'special', issueId: id, ...body } }),
    { stale: [briefsKey], onDone: ({ brief }) => go(`/desk/briefs/${brief.id}`) },
  );
  const elsewhere = issue.data !== undefined && areas.length === 0;
  const tooNew = began > yesterday;
  return (
    <FormFrame
      title={t.issueForm.title}
      send={t.form.send}
      busy={act.isPending}
      error={act.error ?? issue.error}
      ready={areaCode !== '' && day !== '' && to !== '' && !tooNew}
      area="briefs-form"
      onSend={() => act.mutate({ areaCode, day, to })}
      onClose={onClose}
    >
      <p>
        <b>{issue.data?.title}</b>
      </p>
      <p className="quiet">{elsewhere ? t.issueForm.elsewhere : tooNew ? t.issueForm.tooNew : t.issueForm.lead}</p>
      <Pick
        label={t.form.area}
        value={areaCode}
        choices={areas.map(({ code, name }) => ({ value: code, words: name }))}
        onChange={(value) => setWish({ ...wish, areaCode: value })}
      />
      <Line
        label={t.issueForm.first}
        type="date"
        value={day}
        required
        onChange={(value) => setWish({ ...wish, day: value })}
      />
      <Line label={t.form.to} type="date" value={to} required onChange={(value) => setWish({ ...wish, to: value })} />
    </FormFrame>
  );
}
