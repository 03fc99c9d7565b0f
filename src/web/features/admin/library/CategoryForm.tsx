import { Button } from 'antd';
import { useState, type FormEvent } from 'react';
import { libraryRoutes } from '#contract/library.ts';
import { ask } from '#web/app/ask.ts';
import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { TextField, Tick } from '../shared/Field.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import { useAct } from '../shared/use-act.ts';
import type { Category } from './draft.ts';
import { libraryKey } from './queries.ts';

/** Name of a category, whether residents may choose it, retire it. In force at once: no rule depends on it. */
export function CategoryForm({ category }: { category: Category }) {
  const t = useText(adminLibrary).category;
  const [form, setForm] = useState(category);
  const act = useAct((wish: Category, opId) => ask(libraryRoutes.saveCategory, { body: { ...wish, opId } }), {
    stale: [libraryKey, ['categories']],
  });
  const changed = JSON.stringify(form) !== JSON.stringify(category);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate(form);
  };
  return (
    <form className="adm-form adm-inset" onSubmit={submit}>
      <h3>{t.title}</h3>
      <div className="adm-row">
        <TextField
          label={t.name}
          value={form.name}
          onChange={(name) => setForm({ ...form, name })}
          required
          maxLength={40}
        />
        <TextField
          label={t.nameEn}
          value={form.nameEn}
          onChange={(nameEn) => setForm({ ...form, nameEn })}
          maxLength={80}
        />
      </div>
      <Tick checked={form.publicReport} onChange={(publicReport) => setForm({ ...form, publicReport })}>
        {t.public}
      </Tick>
      <Tick checked={form.retired} onChange={(retired) => setForm({ ...form, retired })}>
        {t.retired}
      </Tick>
      <Problem error={act.error} />
      {act.isSuccess && !changed && <Note kind="good">{t.saved}</Note>}
      <div className="adm-buttons">
        <Button htmlType="submit" disabled={!changed} loading={act.isPending}>
          {t.save}
        </Button>
      </div>
    </form>
  );
}
