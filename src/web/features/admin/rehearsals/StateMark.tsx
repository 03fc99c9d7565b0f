import { useText } from '#web/i18n/area.ts';
import { rehearsals } from '#web/i18n/rehearsals.ts';
import { Mark } from '../shared/Mark.tsx';
import type { RehearsalHead } from './queries.ts';

const tones = { open: 'warn', adopted: 'good', turned_down: 'quiet' } as const;

/** Where it stands: the proposal's state, or the rehearsal's own. */
export function StateMark({ row }: { row: Pick<RehearsalHead, 'state' | 'proposal'> }) {
  const t = useText(rehearsals);
  if (row.proposal !== null) return <Mark tone={tones[row.proposal]}>{t.proposal[row.proposal]}</Mark>;
  return <Mark tone={row.state === 'failed' ? 'bad' : 'quiet'}>{t.state[row.state]}</Mark>;
}
