import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { gridsRoutes } from '#contract/grids.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { words } from '#web/i18n/words.ts';
import { Confirm } from '../shared/Confirm.tsx';
import { useName, useRoleName } from '../shared/names.ts';
import { answerersQuery, areaKeys, areaQuery, type Unit } from '../shared/queries.ts';
import { useAct } from '../shared/use-act.ts';
import { peopleQuery } from '../people/queries.ts';
import { UnitForm } from './UnitForm.tsx';

/** One unit: what it is, who works there, who answers for its area. */
export function UnitPanel({ unit, mayEdit }: { unit: Unit; mayEdit: boolean }) {
  const t = useText(admin).units;
  const w = useText(words);
  const name = useName();
  const me = useMe();
  const area = useQuery(areaQuery(unit.areaCode)).data;
  const [open, setOpen] = useState<'edit' | 'retire' | null>(null);
  const retire = useAct(
    (reason: string, opId) =>
      ask(gridsRoutes.retireUnit, { params: { id: unit.id }, body: { opId, version: unit.version, reason } }),
    { stale: [areaKeys.units, areaKeys.areas], onDone: () => setOpen(null) },
  );
  return (
    <>
      <h2>{name(unit)}</h2>
      <dl className="adm-facts">
        <dt>{t.kind}</dt>
        <dd>
          {w.unitKind[unit.kind]} · {w.tier[unit.tier]}
        </dd>
        <dt>{t.area}</dt>
        <dd>{area?.path.map((step) => step.name).join(' ') ?? unit.areaCode}</dd>
        <dt>{t.code}</dt>
        <dd className="adm-code">{unit.code}</dd>
        <dt>{t.roleCode}</dt>
        <dd className="adm-code">{unit.roleCode}</dd>
        {unit.phone !== null && (
          <>
            <dt>{t.phone}</dt>
            <dd>{unit.phone}</dd>
          </>
        )}
      </dl>
      {mayEdit && unit.retiredAt === null && (
        <div className="adm-buttons adm-buttons-start">
          <Button onClick={() => setOpen('edit')}>{t.edit}</Button>
          <Button danger onClick={() => setOpen('retire')}>
            {t.retire}
          </Button>
        </div>
      )}
      {may(me, 'people.read') && <Staff unitId={unit.id} />}
      <Answerers areaCode={unit.areaCode} areaName={area?.name ?? unit.areaCode} />
      {open === 'edit' && <UnitForm unit={unit} onClose={() => setOpen(null)} onSaved={() => setOpen(null)} />}
      {open === 'retire' && (
        <Confirm
          title={t.retireTitle(name(unit))}
          words={t.retireWords}
          act={t.retire}
          danger
          reason={t.reason}
          busy={retire.isPending}
          error={retire.error}
          onAct={(reason) => retire.mutate(reason)}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

function Staff({ unitId }: { unitId: string }) {
  const t = useText(admin).units;
  const roleName = useRoleName();
  const people = useInfiniteQuery(peopleQuery({ unit: unitId, status: 'active' })).data?.pages[0];
  if (people === undefined) return null;
  return (
    <>
      <h3>{t.staff(people.total)}</h3>
      {people.total === 0 && <p className="adm-soft">{t.noStaff}</p>}
      <ul className="adm-plain">
        {people.items.map((person) => (
          <li key={person.id}>
            <Go href={`/desk/admin/people/${person.id}`}>{person.displayName}</Go>{' '}
            <span className="adm-soft">
              {person.appointments
                .filter((office) => office.live && office.unitId === unitId)
                .map((office) => roleName(office.role))
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {people.total > people.items.length && <Go href={`/desk/admin/people?unit=${unitId}`}>{t.allStaff}</Go>}
    </>
  );
}

/** Who receives what is reported in an area, and how many people of each role answer for it. */
export function Answerers({ areaCode, areaName }: { areaCode: string; areaName: string }) {
  const t = useText(admin).units;
  const name = useName();
  const roleName = useRoleName();
  const answer = useQuery(answerersQuery(areaCode)).data;
  if (answer === undefined) return null;
  return (
    <>
      <h3>{t.answerers(areaName)}</h3>
      <p>{answer.receiver === null ? t.noReceiver : t.receiver(name(answer.receiver))}</p>
      <ul className="adm-plain">
        {answer.roles.map((line) => (
          <li key={`${line.role}/${line.unitId}/${line.areaCode}`}>
            <strong>{roleName(line.role)}</strong>{' '}
            <span className="adm-soft">
              {line.unitName} · {line.names === null ? t.people(line.count) : shortList(line.names)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function shortList(names: readonly string[]): string {
  return names.length <= 8 ? names.join(' ') : `${names.slice(0, 8).join(' ')} … (${names.length})`;
}
