import { useNavigate, useSearch } from '@tanstack/react-router';
import { useText } from '#web/i18n/area.ts';
import { serviceFigures } from '#web/i18n/service-figures.ts';
import { FiguresView } from './FiguresView.tsx';
import { flatSearch, parseFiguresSearch } from './search.ts';

/** What stations gave, of all stations one sees; the address says which days and where, so that it can be sent on. */
export function FiguresPage() {
  const t = useText(serviceFigures);
  const search = parseFiguresSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  return (
    <div className="service-figures">
      <header>
        <h1>{t.title}</h1>
        <p className="quiet">{t.lead}</p>
      </header>
      <FiguresView search={search} onChange={(next) => void navigate({ to: '.', search: flatSearch(next) as never })} />
    </div>
  );
}
