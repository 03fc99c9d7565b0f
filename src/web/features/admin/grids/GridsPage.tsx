import { useQuery } from '@tanstack/react-query';
import type { Map as MapLibre } from 'maplibre-gl';
import { useRef } from 'react';
import { Go } from '#web/app/Go.tsx';
import { adminGrids } from '#web/i18n/admin-grids.ts';
import { useText } from '#web/i18n/area.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { AreaPick } from '../shared/AreaPick.tsx';
import { Problem } from '../shared/Problem.tsx';
import { tierQuery } from '../shared/queries.ts';
import { usePageSearch } from '../shared/search.ts';
import { ChildTable } from './ChildTable.tsx';
import { EditorMap } from './EditorMap.tsx';
import { EditorPanel } from './EditorPanel.tsx';
import { useEditor } from './use-editor.ts';
import { useTerritory, type Territory } from './use-territory.ts';
import './grids.css';

/** The grid editor: one parent, the areas below it, their outlines. */
export function GridsPage() {
  const t = useText(adminGrids).page;
  const [search, setSearch] = usePageSearch();
  const streets = useQuery(tierQuery('street')).data ?? [];
  // A street that has something below it, so that there is something to see.
  const first = (streets.find(({ childCount }) => childCount > 0) ?? streets[0])?.code ?? '';
  const parent = search.parent ?? first;
  const { territory, error } = useTerritory(parent);
  return (
    <AdminPage
      title={t.title}
      lead={t.lead}
      anyOf={['grids.read']}
      actions={
        <Go className="adm-button" href="/desk/admin/import">
          {t.import}
        </Go>
      }
    >
      <div className="adm-filters">
        <AreaPick
          label={t.parent}
          hint={t.parentHint}
          value={parent}
          onChange={(code) => setSearch({ parent: code })}
        />
      </div>
      <Problem error={error} />
      {territory === undefined ? (
        error === null && <p className="adm-empty-line">{t.loading}</p>
      ) : (
        <Ground key={territory.parent.code} territory={territory} />
      )}
    </AdminPage>
  );
}

function Ground({ territory }: { territory: Territory }) {
  const t = useText(adminGrids).page;
  const editor = useEditor(territory);
  const map = useRef<MapLibre | null>(null);
  const path = territory.parent.path.filter(({ code }) => code !== territory.parent.code);
  return (
    <>
      <nav className="adm-path" aria-label={t.path}>
        {path.map(({ code, name }) => (
          <Go key={code} href={`/desk/admin/grids?parent=${code}`}>
            {name}
          </Go>
        ))}
        <strong>{territory.parent.name}</strong>
      </nav>
      <div className="adm-editor">
        <EditorMap territory={territory} editor={editor} onMap={(ready) => (map.current = ready)} />
        <aside className="adm-sheet adm-editor-side">
          <EditorPanel
            territory={territory}
            editor={editor}
            middle={() => {
              const at = map.current?.getCenter();
              return at === undefined ? null : [at.lng, at.lat];
            }}
          />
        </aside>
      </div>
      <ChildTable territory={territory} editor={editor} />
    </>
  );
}
