import type { libraryRoutes } from '#contract/library.ts';
import type { ClientOutput } from '#contract/route.ts';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { words } from '#web/i18n/words.ts';
import { DataTable } from '../shared/DataTable.tsx';
import { Note } from '../shared/Note.tsx';
import { useDuties } from './names.ts';

export interface RehearsalProps {
  result: ClientOutput<typeof libraryRoutes.rehearse>;
  nameOf: (code: string) => string;
}

/** What the changes would have done to the events of the last days: in figures, then category by category. */
export function Rehearsal({ result, nameOf }: RehearsalProps) {
  const t = useText(adminLibrary).rehearsal;
  const w = useText(words);
  const mayRead = may(useMe(), 'event.read');
  const duties = useDuties();
  const tierWords: Readonly<Record<string, string>> = w.tier;
  const tier = (code: string): string => tierWords[code] ?? code;
  const figures = [
    [t.events, result.events],
    [t.otherTier, result.otherTier],
    [t.otherLead, result.otherLead],
    [t.otherPriority, result.otherPriority],
    [t.becomeLate, result.becomeLate],
    [t.becomeTimely, result.becomeTimely],
  ] as const;
  return (
    <div role="status">
      <h3>{t.title(result.days)}</h3>
      <dl className="adm-figures">
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{formatNumber(value)}</dd>
          </div>
        ))}
      </dl>
      {result.truncated && <Note kind="info">{t.truncated}</Note>}
      <DataTable
        label={t.title(result.days)}
        rows={result.byCategory}
        rowKey={({ categoryCode }) => categoryCode}
        empty={t.none}
        columns={[
          {
            head: t.category,
            cell: ({ categoryCode }) =>
              mayRead ? <Go href={`/desk?category=${categoryCode}`}>{nameOf(categoryCode)}</Go> : nameOf(categoryCode),
          },
          { head: t.events, number: true, cell: ({ events }) => formatNumber(events) },
          { head: t.tier, cell: ({ tierFrom, tierTo }) => arrow(tier(tierFrom), tier(tierTo)) },
          {
            head: t.lead,
            cell: ({ leadFrom, leadTo }) => arrow(duties.nameOf(leadFrom), duties.nameOf(leadTo)),
          },
          { head: t.becomeLate, number: true, cell: ({ becomeLate }) => formatNumber(becomeLate) },
          { head: t.becomeTimely, number: true, cell: ({ becomeTimely }) => formatNumber(becomeTimely) },
        ]}
      />
    </div>
  );
}

function arrow(from: string, to: string): string {
  return from === to ? from : `${from} → ${to}`;
}
