import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { eventRoutes } from '#contract/events.ts';
import type { EventSectionProps } from '#web/app/desk-slots.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { useSend } from '#web/app/use-send.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDistance, formatRelative, formatPercent } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { texts } from '#web/i18n/texts.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { StatusMark } from '#web/ui/StatusMark.tsx';
import { similarQuery } from './queries.ts';

/** Events that may be the same matter, the likest first, each merged into with one press and a question. */
export function SimilarPart({ event }: EventSectionProps) {
  const t = useText(texts).advice;
  const lang = languageChoice.use();
  const client = useQueryClient();
  const { data } = useQuery(similarQuery(event.id, event.version));
  const { busy, error, send } = useSend();
  if (data?.ready === false) return <p className="quiet">{t.notReady}</p>;
  if (data === undefined || data.items.length === 0) return null;
  const canMerge = event.allowed.some(({ verb }) => verb === 'merge');
  const merge = async (intoId: string): Promise<void> => {
    await send(intoId, (opId) =>
      ask(eventRoutes.merge, { params: { id: event.id }, body: { opId, intoId, reason: t.same } }),
    );
    await client.invalidateQueries({ queryKey: ['events'] });
  };
  return (
    <section aria-label={t.same}>
      <h4>{t.same}</h4>
      <p className="quiet">{t.sameLead}</p>
      <ul className="advice-same">
        {data.items.map(({ event: one, score, distanceM }) => (
          <li key={one.id}>
            <span>
              <Go href={`/desk?event=${one.id}`}>{one.title === '' ? one.number : one.title}</Go>
              <small>
                <StatusMark status={one.status} /> {formatRelative(one.reportedAt, lang)}
                {distanceM !== null && ` · ${t.distance(formatDistance(distanceM, lang))}`} ·{' '}
                {t.alike(formatPercent(score))}
              </small>
            </span>
            {canMerge && (
              <Popconfirm title={t.confirm(one.number)} onConfirm={() => void merge(one.id)}>
                <Button size="small" loading={busy === one.id} aria-label={t.mergeLabel(one.number)}>
                  {t.mergeInto}
                </Button>
              </Popconfirm>
            )}
          </li>
        ))}
      </ul>
      <ProblemNote error={error} />
    </section>
  );
}
