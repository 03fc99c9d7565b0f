import { distanceM } from '#kit/geo.ts';
import { isOpen } from '#contract/events-words.ts';
import { call } from '#web/app/call.ts';
import { useLoad } from '#web/app/use-load.ts';
import { eventsApi, type EventRow } from '#web/field/field-api.ts';
import { reading } from '#web/field/field-app.ts';
import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { formatDistance, formatRelative } from '#web/i18n/format.ts';
import { ChoiceTiles } from '#web/ui/light/ChoiceTiles.tsx';
import { words } from '#web/i18n/words.ts';
import type { ReportDraft } from './draft.ts';

const nearM = 50;
const other = 'other';

/** Known matters of this class close by: add to one instead of reporting again. Without a network, from the phone's copy. */
export function Similar({ draft, onChange }: { draft: ReportDraft; onChange: (part: Partial<ReportDraft>) => void }) {
  const t = useText(field).report;
  const status = useText(words).status;
  const { rows } = reading.use().pack;
  const { at, categoryCode } = draft;
  const query =
    at === null || categoryCode === null ? null : { categoryCode, lon: String(at.lon), lat: String(at.lat) };
  const { value } = useLoad(query === null ? null : JSON.stringify(query), (signal) =>
    call(eventsApi.similar, { query: query ?? { categoryCode: '', lon: '0', lat: '0' } }, { signal }),
  );
  const items = (value?.items ?? nearIn(rows, draft)).filter((item) => isOpen(item.status)).slice(0, 3);
  if (items.length === 0) return null;
  return (
    <section className="card card-amber" aria-label={t.similar}>
      <h2>{t.similar}</h2>
      <p className="hint">{t.similarHint}</p>
      <ChoiceTiles
        label={t.similar}
        labelHidden
        shape="list"
        value={draft.followEventId ?? other}
        choices={[
          ...items.map((item) => ({
            value: item.id,
            words: t.sameOne,
            note: `${item.title} · ${formatDistance(item.distanceM)} · ${formatRelative(item.reportedAt)} · ${status[item.status]}`,
          })),
          { value: other, words: t.notSame },
        ]}
        onChange={(id) => onChange({ followEventId: id === other ? null : id })}
      />
    </section>
  );
}

/** Of the same category within 50 m, among what this phone knows. */
export function nearIn(
  rows: readonly EventRow[],
  { at, categoryCode }: Pick<ReportDraft, 'at' | 'categoryCode'>,
): (EventRow & { distanceM: number })[] {
  if (at === null || categoryCode === null) return [];
  return rows
    .flatMap((row) =>
      row.categoryCode !== categoryCode || row.lon === null || row.lat === null
        ? []
        : [{ ...row, distanceM: distanceM([at.lon, at.lat], [row.lon, row.lat]) }],
    )
    .filter((row) => row.distanceM <= nearM)
    .toSorted((a, b) => a.distanceM - b.distanceM);
}
