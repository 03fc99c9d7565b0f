import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type FormEvent } from 'react';
import { peopleRoutes } from '#contract/identity.ts';
import { ask } from '#web/app/ask.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { AreaPick } from '../shared/AreaPick.tsx';
import { ChoiceField, TextField } from '../shared/Field.tsx';
import { useRoleName } from '../shared/names.ts';
import { Problem } from '../shared/Problem.tsx';
import { rolesQuery } from '../shared/queries.ts';
import { UnitPick } from '../shared/UnitPick.tsx';
import { useAct } from '../shared/use-act.ts';
import { peopleKey } from './queries.ts';
import { RoleMay } from './RoleMay.tsx';

const blank = { unitId: '', role: '', areaCode: '', since: '', until: '', rank: 'primary' };

/** One more appointment: unit, role, area, dates, first or second. What the role may do is said before it is given. */
export function AppointForm({ personId }: { personId: string }) {
  const t = useText(admin).appoint;
  const roleName = useRoleName();
  const roles = useQuery(rolesQuery).data ?? [];
  const [form, setForm] = useState(blank);
  const set = (change: Partial<typeof blank>): void => setForm({ ...form, ...change });
  const act = useAct(
    (wish: typeof blank) =>
      ask(peopleRoutes.appoint, {
        params: { id: personId },
        body: {
          unitId: wish.unitId,
          role: wish.role,
          areaCode: wish.areaCode === '' ? null : wish.areaCode,
          isPrimary: wish.rank === 'primary',
          since: wish.since === '' ? undefined : wish.since,
          until: wish.until === '' ? null : wish.until,
        },
      }),
    { stale: [peopleKey], onDone: () => setForm(blank) },
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate(form);
  };
  const chosen = roles.find(({ role }) => role === form.role);
  return (
    <form className="adm-form adm-inset" onSubmit={submit}>
      <h3>{t.add}</h3>
      <UnitPick label={t.unit} value={form.unitId} onChange={(unitId) => set({ unitId })} />
      <ChoiceField
        label={t.role}
        value={form.role}
        none={t.choose}
        required
        options={roles
          .filter(({ role }) => !role.endsWith('_admin'))
          .map(({ role }) => ({ value: role, words: roleName(role) }))}
        onChange={(role) => set({ role })}
      />
      {chosen !== undefined && <RoleMay permissions={chosen.permissions} />}
      <AreaPick label={t.area} hint={t.areaHint} value={form.areaCode} onChange={(areaCode) => set({ areaCode })} />
      <div className="adm-row">
        <TextField label={t.from} type="date" value={form.since} onChange={(since) => set({ since })} />
        <TextField label={t.until} type="date" value={form.until} onChange={(until) => set({ until })} />
        <ChoiceField
          label={t.rank}
          value={form.rank}
          options={[
            { value: 'primary', words: t.primary },
            { value: 'secondary', words: t.secondary },
          ]}
          onChange={(rank) => set({ rank })}
        />
      </div>
      <Problem error={act.error} />
      <div className="adm-buttons">
        <Button
          type="primary"
          htmlType="submit"
          loading={act.isPending}
          disabled={form.unitId === '' || form.role === ''}
        >
          {t.do}
        </Button>
      </div>
    </form>
  );
}
