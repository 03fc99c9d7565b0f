import { call } from '#web/app/call.ts';
import { publicApi } from '#web/app/public-api.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDistance, formatRelative } from '#web/i18n/format.ts';
import { resident } from '#web/i18n/resident.ts';
import { words } from '#web/i18n/words.ts';
import { ChoiceTiles } from '#web/ui/light/ChoiceTiles.tsx';
import type { Draft } from './draft.ts';

const mine = 'mine';

/** Matters like this one close by: follow instead of reporting again. Quiet when there are none or they cannot be had. */
export function SimilarNearby({ draft, onChange }: { draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  const t = useText(resident).send;
  const status = useText(words).status;
  const { at, categoryCode } = draft;
  const query =
    at === null || categoryCode === null ? null : { categoryCode, lon: String(at.lon), lat: String(at.lat) };
  const { value } = useLoad(query === null ? null : JSON.stringify(query), (signal) =>
    call(publicApi.similar, { query: query ?? { categoryCode: '', lon: '0', lat: '0' } }, { signal }),
  );
  const items = (value?.items ?? []).slice(0, 3);
  if (items.length === 0) return null;
  return (
    <section className="part part-similar" aria-label={t.similarHeading}>
      <h2 className="part-title">{t.similarHeading}</h2>
      <p className="field-hint">{t.similarHint}</p>
      <ChoiceTiles
        label={t.similarHeading}
        labelHidden
        shape="list"
        value={draft.followEventId ?? mine}
        choices={[
          ...items.map((item) => ({
            value: item.id,
            words: t.follow,
            note: `${t.similarItem(item.categoryName, formatDistance(item.distanceM), formatRelative(item.reportedAt))} · ${status[item.status]}`,
          })),
          { value: mine, words: t.notSame },
        ]}
        onChange={(id) => onChange({ followEventId: id === mine ? null : id })}
      />
    </section>
  );
}
