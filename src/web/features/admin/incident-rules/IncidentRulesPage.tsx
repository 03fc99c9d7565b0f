import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { incidentRoutes } from '#contract/incidents.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { incidents } from '#web/i18n/incidents.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { TextField } from '../shared/Field.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import { LevelTable, readTimes, type RuleLevel } from './LevelTable.tsx';

type RuleSet = ClientOutput<typeof incidentRoutes.rules>['rules'][number];

const key = ['incident-rules'];

/** Reporting limits by level: as they are where the platform is used. */
export function IncidentRulesPage() {
  const t = useText(incidents).admin;
  const [adding, setAdding] = useState(false);
  const rules = useQuery({ queryKey: key, queryFn: async () => (await ask(incidentRoutes.rules, {})).rules });
  return (
    <AdminPage
      title={t.title}
      lead={t.lead}
      anyOf={['library.edit']}
      actions={
        <Button type="primary" disabled={adding} onClick={() => setAdding(true)}>
          {t.add}
        </Button>
      }
    >
      {adding && <RuleSetForm rule={empty} onSaved={() => setAdding(false)} />}
      <Loaded query={rules}>
        {(found) => found.map((rule) => <RuleSetForm key={`${rule.code} ${rule.version}`} rule={rule} />)}
      </Loaded>
    </AdminPage>
  );
}

const level = { phoneMinutes: 30, writtenMinutes: 60, continueHours: 8, continueAt: [], certainty: '', note: '' };
const empty: RuleSet = {
  code: '',
  name: '',
  nameEn: '',
  version: 0,
  levels: [1, 2, 3, 4].map((n) => ({ ...level, level: n })),
};

function RuleSetForm({ rule, onSaved }: { rule: RuleSet; onSaved?: () => void }) {
  const t = useText(incidents).admin;
  const [form, setForm] = useState(rule);
  const act = useAct(
    ({ code, ...body }: RuleSet, opId) => ask(incidentRoutes.saveRule, { params: { code }, body: { ...body, opId } }),
    { stale: [key], onDone: () => onSaved?.() },
  );
  const changed = JSON.stringify(form) !== JSON.stringify(rule);
  const set = (part: Partial<RuleSet>): void => setForm({ ...form, ...part });
  const setLevel = (next: RuleLevel): void =>
    set({ levels: form.levels.map((one) => (one.level === next.level ? next : one)) });
  const timesOk = form.levels.every((one) => readTimes(one.continueAt.join(';')) !== null);
  return (
    <form
      className="adm-sheet adm-form"
      aria-label={rule.name === '' ? t.add : rule.name}
      onSubmit={(pressed) => {
        pressed.preventDefault();
        if (timesOk) act.mutate(form);
      }}
    >
      {rule.version > 0 && <h2>{rule.name}</h2>}
      <div className="adm-row">
        {rule.version === 0 && (
          <TextField
            label={t.code}
            hint={t.codeHint}
            pattern="[a-z][a-z0-9_]*"
            required
            maxLength={40}
            value={form.code}
            onChange={(code) => set({ code })}
          />
        )}
        <TextField label={t.name} required maxLength={40} value={form.name} onChange={(name) => set({ name })} />
        <TextField
          label={t.nameEn}
          required
          maxLength={80}
          value={form.nameEn}
          onChange={(nameEn) => set({ nameEn })}
        />
      </div>
      <LevelTable caption={t.caption(form.name)} levels={form.levels} onChange={setLevel} />
      {!timesOk && <Note kind="warn">{t.badTimes}</Note>}
      <Problem error={act.error} />
      <div className="adm-buttons">
        {act.isSuccess && !changed && <Note kind="good">{t.saved}</Note>}
        <Button htmlType="submit" disabled={!changed || !timesOk} loading={act.isPending}>
          {t.save}
        </Button>
      </div>
    </form>
  );
}
