import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { words } from '#web/i18n/words.ts';
import { deskTiers } from '#kit/tiers.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { ChoiceField } from '../shared/Field.tsx';
import { rehearsals } from '#web/i18n/rehearsals.ts';
import { rehearsalsQuery } from '../rehearsals/queries.ts';
import { Loaded } from '../shared/Loaded.tsx';
import { saveText } from '../shared/save-file.ts';
import { Note } from '../shared/Note.tsx';
import { SearchField } from '../shared/SearchField.tsx';
import { usePageSearch } from '../shared/search.ts';
import { byCategory, categoryTree, rebase, withRule, type LibraryView, type Rule } from './draft.ts';
import { draftNow, setDraft, useDraft } from './draft-store.ts';
import { DraftPanel } from './DraftPanel.tsx';
import { writeLibraryCsv } from './library-csv.ts';
import { ImportCsv } from './ImportCsv.tsx';
import { libraryQuery } from './queries.ts';
import { RuleForm } from './RuleForm.tsx';
import { RuleTable } from './RuleTable.tsx';
import { Versions } from './Versions.tsx';

/** The level library: which tier must take which kind of event, who leads, how fast. */
export function LibraryPage() {
  const t = useText(adminLibrary).library;
  const library = useQuery(libraryQuery);
  return (
    <AdminPage
      title={t.title}
      lead={t.lead}
      anyOf={['library.edit', 'analytics.read']}
      actions={library.data !== undefined && <FileActs library={library.data} />}
    >
      <Loaded query={library}>{(data) => <Ground library={data} />}</Loaded>
    </AdminPage>
  );
}

function FileActs({ library }: { library: LibraryView }) {
  const t = useText(adminLibrary).library;
  const [importing, setImporting] = useState(false);
  const mayEdit = may(useMe(), 'library.edit');
  return (
    <>
      <Button onClick={() => saveText(`level-library-v${library.version}.csv`, writeLibraryCsv(library.rules))}>
        {t.export}
      </Button>
      {mayEdit && <Button onClick={() => setImporting(true)}>{t.import}</Button>}
      {importing && (
        <ImportCsv
          library={library}
          onClose={() => setImporting(false)}
          onRules={(rules) => {
            keep(library, rules);
            setImporting(false);
          }}
        />
      )}
    </>
  );
}

/** Puts rules into the draft, against the newest version. */
function keep(library: LibraryView, rules: readonly Rule[]): void {
  const published = byCategory(library.rules);
  const held = rebase(draftNow().draft, draftNow().before, library.rules).draft;
  const draft = rules.reduce((sum, rule) => withRule(sum, published.get(rule.categoryCode), rule), held);
  setDraft({ version: library.version, before: library.rules.filter((rule) => draft.has(rule.categoryCode)), draft });
}

function Ground({ library }: { library: LibraryView }) {
  const t = useText(adminLibrary).library;
  const w = useText(words);
  const me = useMe();
  const mayEdit = may(me, 'library.edit');
  const mayDraft = may(me, 'library.edit', 'analytics.read');
  const kept = useDraft();
  const { draft, clashes } = rebase(kept.draft, kept.before, library.rules);
  const [search, setSearch] = usePageSearch();
  const [openCode, setOpenCode] = useState<string | null>(null);
  const published = byCategory(library.rules);
  const q = (search.q ?? '').toLowerCase();
  const lines = categoryTree(library.categories, (category) => {
    const rule = draft.get(category.code) ?? published.get(category.code);
    return (
      (search.retired === '1' || !category.retired) &&
      `${category.code}\n${category.name}\n${category.nameEn}`.toLowerCase().includes(q) &&
      (search.tier === undefined || rule?.tier === search.tier)
    );
  });
  const chosen = library.categories.find(({ code }) => code === openCode);
  return (
    <>
      {mayEdit && <Waiting />}
      {draft.size > 0 && (
        <DraftPanel library={library} draft={draft} clashes={clashes} mayEdit={mayEdit} onOpen={setOpenCode} />
      )}
      <search className="adm-filters">
        <SearchField label={t.search} value={search.q ?? ''} onChange={(text) => setSearch({ q: text })} />
        <ChoiceField
          label={t.tier}
          value={search.tier ?? ''}
          none={t.any}
          options={deskTiers.map((value) => ({ value, words: w.tier[value] }))}
          onChange={(tier) => setSearch({ tier })}
        />
      </search>
      <section className="adm-sheet">
        <RuleTable lines={lines} published={published} draft={draft} onOpen={setOpenCode} />
      </section>
      <Versions library={library} />
      {chosen !== undefined && (
        <RuleForm
          key={chosen.code}
          category={chosen}
          published={published.get(chosen.code)}
          rule={draft.get(chosen.code) ?? published.get(chosen.code)}
          mayDraft={mayDraft}
          mayEdit={mayEdit}
          onClose={() => setOpenCode(null)}
          onRule={(rule) => {
            keep(library, [rule]);
            setOpenCode(null);
          }}
        />
      )}
    </>
  );
}

/** Changes that somebody rehearsed and proposed wait here. */
function Waiting() {
  const t = useText(rehearsals).list;
  const open = useQuery(rehearsalsQuery('open')).data?.items.filter(({ may: can }) => can.decide) ?? [];
  if (open.length === 0) return null;
  return (
    <Note kind="info">
      <Go href="/desk/rehearsals?proposal=open">{t.waiting(open.length)}</Go>
    </Note>
  );
}
