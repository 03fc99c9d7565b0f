import { Button } from 'antd';
import { useState } from 'react';
import { libraryRoutes } from '#contract/library.ts';
import { ask } from '#web/app/ask.ts';
import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { Confirm } from '../shared/Confirm.tsx';
import { useName } from '../shared/names.ts';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import { useAct } from '../shared/use-act.ts';
import { byCategory, changedFields, type Draft, type LibraryView } from './draft.ts';
import { setDraft } from './draft-store.ts';
import { libraryKey } from './queries.ts';
import { Rehearsal } from './Rehearsal.tsx';

export interface DraftPanelProps {
  library: LibraryView;
  draft: Draft;
  /** Categories that somebody else changed meanwhile. */
  clashes: readonly string[];
  onOpen: (code: string) => void;
}

/** What is about to change: the list, the rehearsal on the last 90 days, and the publishing. */
export function DraftPanel({ library, draft, clashes, onOpen }: DraftPanelProps) {
  const t = useText(adminLibrary);
  const name = useName();
  const [asking, setAsking] = useState(false);
  const published = byCategory(library.rules);
  const categories = new Map(library.categories.map((category) => [category.code, category]));
  const nameOf = (code: string): string => {
    const category = categories.get(code);
    return category === undefined ? code : name(category);
  };
  const changes = [...draft.values()];
  const rehearse = useAct((rules: typeof changes) =>
    ask(libraryRoutes.rehearse, { body: { changes: rules, days: 90 } }),
  );
  const publish = useAct(
    (wish: { note: string; changes: typeof changes; baseVersion: number }, opId) =>
      ask(libraryRoutes.publish, { body: { opId, ...wish } }),
    {
      stale: [libraryKey],
      onDone: () => {
        setAsking(false);
        setDraft({ version: 0, before: [], draft: new Map() });
      },
    },
  );
  return (
    <section className="adm-sheet" aria-label={t.draft.title(draft.size)}>
      <h2>{t.draft.title(draft.size)}</h2>
      {clashes.length > 0 && <Note kind="warn">{t.draft.clashes(clashes.map(nameOf).join(' · '))}</Note>}
      <ul className="adm-plain">
        {changes.map((rule) => (
          <li key={rule.categoryCode}>
            <button type="button" className="adm-link" onClick={() => onOpen(rule.categoryCode)}>
              {nameOf(rule.categoryCode)}
            </button>{' '}
            <span className="adm-soft">
              {changedFields(published.get(rule.categoryCode), rule)
                .map((field) => t.rule.fields[field])
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      <div className="adm-buttons adm-buttons-start">
        <Button loading={rehearse.isPending} onClick={() => rehearse.mutate(changes)}>
          {t.draft.rehearse}
        </Button>
        <Button type="primary" onClick={() => setAsking(true)}>
          {t.draft.publish}
        </Button>
        <Button danger onClick={() => setDraft({ version: 0, before: [], draft: new Map() })}>
          {t.draft.drop}
        </Button>
      </div>
      <Problem error={rehearse.error} />
      {rehearse.data !== undefined && <Rehearsal result={rehearse.data} nameOf={nameOf} />}
      {asking && (
        <Confirm
          title={t.draft.publish}
          words={t.draft.publishWords(library.version + 1)}
          act={t.draft.publish}
          reason={t.draft.note}
          busy={publish.isPending}
          error={publish.error}
          onAct={(note) => publish.mutate({ note, changes, baseVersion: library.version })}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
