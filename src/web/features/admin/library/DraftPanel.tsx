import { Button } from 'antd';
import { useState } from 'react';
import { libraryRoutes } from '#contract/library.ts';
import { ask } from '#web/app/ask.ts';
import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { Confirm } from '../shared/Confirm.tsx';
import { useName } from '../shared/names.ts';
import { Note } from '../shared/Note.tsx';
import { useAct } from '../shared/use-act.ts';
import { byCategory, changedFields, type Draft, type LibraryView } from './draft.ts';
import { setDraft } from './draft-store.ts';
import { libraryKey } from './queries.ts';
import { AskRehearsal } from './AskRehearsal.tsx';

export interface DraftPanelProps {
  library: LibraryView;
  draft: Draft;
  /** Categories that somebody else changed meanwhile. */
  clashes: readonly string[];
  /** May publish; others rehearse and propose. */
  mayEdit: boolean;
  onOpen: (code: string) => void;
}

/** What is about to change: the list, the rehearsal on past events, and the publishing. */
export function DraftPanel({ library, draft, clashes, mayEdit, onOpen }: DraftPanelProps) {
  const t = useText(adminLibrary);
  const name = useName();
  const [asking, setAsking] = useState(false);
  const [rehearsing, setRehearsing] = useState(false);
  const published = byCategory(library.rules);
  const categories = new Map(library.categories.map((category) => [category.code, category]));
  const nameOf = (code: string): string => {
    const category = categories.get(code);
    return category === undefined ? code : name(category);
  };
  const changes = [...draft.values()];
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
        <Button type={mayEdit ? 'default' : 'primary'} onClick={() => setRehearsing(true)}>
          {t.draft.rehearse}
        </Button>
        {mayEdit && (
          <Button type="primary" onClick={() => setAsking(true)}>
            {t.draft.publish}
          </Button>
        )}
        <Button danger onClick={() => setDraft({ version: 0, before: [], draft: new Map() })}>
          {t.draft.drop}
        </Button>
      </div>
      {rehearsing && (
        <AskRehearsal
          baseVersion={library.version}
          changes={changes}
          names={changes.map(({ categoryCode }) => nameOf(categoryCode))}
          onClose={() => setRehearsing(false)}
        />
      )}
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
