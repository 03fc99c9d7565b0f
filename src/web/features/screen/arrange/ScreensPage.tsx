import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { screen } from '#web/i18n/screen.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Editor } from './Editor.tsx';
import { Links } from './Links.tsx';
import { firstQuery, parseScreensSearch, screensQuery, type Screen } from './queries.ts';
import './arrange.css';

/** Screens of one's areas: what each shows where, and the links of the walls. */
export function ScreensPage() {
  const t = useText(screen).arrange;
  const c = useText(common);
  const search = parseScreensSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(screensQuery);
  const first = useQuery(firstQuery(undefined));
  const chosen = data?.items.find(({ id }) => id === search.screen);
  const open = (id: string | undefined): void =>
    void navigate({ to: '.', search: (id === undefined ? {} : { screen: id }) as never });
  return (
    <div className="page-flow screens">
      <header>
        <h1>{t.title}</h1>
        <p className="quiet">{t.lead}</p>
      </header>
      <ProblemNote error={error ?? first.error} onRetry={() => void refetch()} />
      {data === undefined && error === null && (
        <p className="waiting" role="status">
          {c.loading}
        </p>
      )}
      {data !== undefined && first.data !== undefined && (
        <>
          <Choice items={data.items} chosen={chosen?.id} mayMake={first.data.mayEdit} onChoose={open} />
          <Editor
            key={chosen === undefined ? 'new' : `${chosen.id} ${chosen.version}`}
            screen={chosen}
            first={first.data}
            onSaved={open}
          />
          {chosen?.mayEdit === true && <Links screen={chosen} />}
        </>
      )}
    </div>
  );
}

interface ChoiceProps {
  items: readonly Screen[];
  chosen: string | undefined;
  mayMake: boolean;
  onChoose: (id: string | undefined) => void;
}

function Choice({ items, chosen, mayMake, onChoose }: ChoiceProps) {
  const t = useText(screen).arrange;
  return (
    <nav className="screens-choice" aria-label={t.choose}>
      <button type="button" aria-pressed={chosen === undefined} onClick={() => onChoose(undefined)}>
        {mayMake ? t.make : t.standard}
      </button>
      {items.map(({ id, name, areaName, links }) => (
        <button key={id} type="button" aria-pressed={id === chosen} onClick={() => onChoose(id)}>
          <b>{name}</b> <span className="quiet">{t.of(areaName, links)}</span>
        </button>
      ))}
    </nav>
  );
}
