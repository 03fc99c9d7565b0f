import { Button, Modal } from 'antd';
import { useState } from 'react';
import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { DataTable } from '../shared/DataTable.tsx';
import { Field } from '../shared/Field.tsx';
import { Note } from '../shared/Note.tsx';
import { byCategory, changedFields, type LibraryView, type Rule } from './draft.ts';
import { readLibraryCsv } from './library-csv.ts';

export interface ImportCsvProps {
  library: LibraryView;
  onRules: (rules: readonly Rule[]) => void;
  onClose: () => void;
}

/** A library edited in a spreadsheet becomes a draft: to be looked through and rehearsed like any other change. */
export function ImportCsv({ library, onRules, onClose }: ImportCsvProps) {
  const t = useText(adminLibrary).csv;
  const c = useText(common);
  const [text, setText] = useState<string | null>(null);
  const known = new Set(library.categories.map(({ code }) => code));
  const published = byCategory(library.rules);
  const read = text === null ? null : readLibraryCsv(text, known);
  const differing =
    read?.rules.filter((rule) => changedFields(published.get(rule.categoryCode), rule).length > 0) ?? [];
  return (
    <Modal open title={t.title} footer={null} onCancel={onClose} closable={{ 'aria-label': c.close }}>
      <div className="adm-form">
        <Field label={t.file} hint={t.hint}>
          {(props) => (
            <input
              {...props}
              className="adm-input"
              type="file"
              accept=".csv,.txt"
              onChange={(event) => void event.target.files?.[0]?.text().then(setText)}
            />
          )}
        </Field>
        {read !== null && read.faults.length > 0 && (
          <>
            <Note kind="warn">{t.wrong(read.faults.length)}</Note>
            <DataTable
              label={t.title}
              rows={read.faults}
              rowKey={({ line, column }) => `${line}/${column}`}
              empty=""
              columns={[
                { head: t.line, cell: ({ line }) => line },
                { head: t.column, cell: ({ column }) => <span className="adm-code">{column}</span> },
                { head: t.found, cell: ({ found }) => <span className="adm-code">{found === '' ? '—' : found}</span> },
              ]}
            />
          </>
        )}
        {read !== null && read.faults.length === 0 && (
          <Note kind={differing.length > 0 ? 'good' : 'info'}>{t.differ(read.rules.length, differing.length)}</Note>
        )}
        <div className="adm-buttons">
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button
            type="primary"
            disabled={read === null || read.faults.length > 0 || differing.length === 0}
            onClick={() => onRules(differing)}
          >
            {t.take}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
