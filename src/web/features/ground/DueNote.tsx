import { useQuery } from '@tanstack/react-query';
import { careRightsRoutes } from '#contract/care-files.ts';
import { ask } from '#web/app/ask.ts';
import { useText } from '#web/i18n/area.ts';
import { careFiles } from '#web/i18n/care-files.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { groundKeys } from './queries.ts';

const shown = 5;

/** Whose data has been kept longer than it may be; nothing while there is nobody. */
export function DueNote({ onOpen }: { onOpen: (id: string) => void }) {
  const t = useText(careFiles);
  const found = useQuery({
    queryKey: [...groundKeys.care, 'retention'],
    queryFn: ({ signal }) => ask(careRightsRoutes.retention, {}, { signal }),
  }).data;
  if (found === undefined || found.dueTotal === 0) return null;
  return (
    <div className="ground-plain">
      <p>{t.rights.due(formatNumber(found.dueTotal))}</p>
      <div className="form-buttons">
        {found.due.slice(0, shown).map(({ id, ref, areaName }) => (
          <button key={id} type="button" className="tool" onClick={() => onOpen(id)}>
            {t.ref(ref)} {areaName}
          </button>
        ))}
      </div>
    </div>
  );
}
