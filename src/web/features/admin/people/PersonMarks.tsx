import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { Mark } from '../shared/Mark.tsx';
import type { Person } from './queries.ts';

/** Active or not, and what is special about the account. */
export function PersonMarks({ person }: { person: Person }) {
  const t = useText(admin).people;
  return (
    <span className="adm-marks">
      <Mark tone={person.status === 'active' ? 'good' : 'bad'}>{t.statuses[person.status]}</Mark>
      {person.kind === 'service' && <Mark tone="quiet">{t.kinds.service}</Mark>}
      {person.mustChangePassword && <Mark tone="warn">{t.mustChange}</Mark>}
    </span>
  );
}
