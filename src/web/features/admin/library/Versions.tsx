import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { DataTable } from '../shared/DataTable.tsx';
import { Mark } from '../shared/Mark.tsx';
import type { LibraryView } from './draft.ts';

/** Every version ever in force, with the note of whoever published it. Events keep the rule they were made under. */
export function Versions({ library }: { library: LibraryView }) {
  const t = useText(adminLibrary).versions;
  return (
    <section className="adm-sheet">
      <h2>{t.title}</h2>
      <p className="adm-soft">{t.words}</p>
      <DataTable
        label={t.title}
        rows={library.versions}
        rowKey={({ version }) => String(version)}
        empty={t.none}
        columns={[
          {
            head: t.version,
            cell: ({ version }) => (
              <span className="adm-marks">
                <strong>{t.number(version)}</strong>
                {version === library.version && <Mark tone="good">{t.inForce}</Mark>}
              </span>
            ),
          },
          { head: t.note, cell: ({ note }) => note },
          { head: t.when, cell: ({ publishedAt }) => formatTime(publishedAt) },
          { head: t.who, cell: ({ publishedBy }) => publishedBy ?? '—' },
        ]}
      />
    </section>
  );
}
