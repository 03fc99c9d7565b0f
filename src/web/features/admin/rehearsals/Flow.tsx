import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { rehearsals } from '#web/i18n/rehearsals.ts';
import { Sankey } from '#web/ui/charts/Sankey.tsx';
import { ChartLinkContext } from '#web/ui/charts/ChartLink.tsx';
import { useGo } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useName } from '../shared/names.ts';
import { casesHref } from './CaseLink.tsx';
import type { Figures } from './queries.ts';

type End = Figures['flows'][number]['from'];
const none = 'none';
const mostDrawn = 12;

/** From the unit of today's rules to the unit of the changed ones; the widest twelve are drawn, all stand in the table. */
export function Flow({ figures, id }: { figures: Figures; id: string }) {
  const t = useText(rehearsals).flow;
  const name = useName();
  const go = useGo();
  const mayRead = may(useMe(), 'event.read');
  const flows = figures.flows.slice(0, mostDrawn);
  if (flows.length === 0) return null;
  const words = (end: End): string => (end === null ? t.nobody : name(end));
  const key = (side: 'from' | 'to', end: End): string => `${side}.${end?.id ?? none}`;
  const ends = new Map(
    flows.flatMap(({ from, to }) => [
      [key('from', from), { key: key('from', from), name: t.before(words(from)) }],
      [key('to', to), { key: key('to', to), name: t.after(words(to)) }],
    ]),
  );
  return (
    <section className="adm-sheet">
      <ChartLinkContext
        value={(href, event) => {
          event.preventDefault();
          go(href);
        }}
      >
        <Sankey
          title={t.title}
          means={t.means}
          nodes={[...ends.values()]}
          links={flows.map(({ from, to, events }) => ({
            from: key('from', from),
            to: key('to', to),
            value: events,
            href: mayRead ? casesHref(id, { from: from?.id ?? none, to: to?.id ?? none }) : undefined,
          }))}
          format={formatNumber}
        />
      </ChartLinkContext>
    </section>
  );
}
