import { App, Input, Popover } from 'antd';
import { useState, type FormEvent } from 'react';
import { Go } from '#web/app/Go.tsx';
import { toSearchText } from '#web/app/search-text.ts';
import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import type { DeskSearch } from './filters.ts';
import { builtInOf, builtInViewKeys, builtInViews, removeView, saveView, useSavedViews, viewText } from './views.ts';

/** The name of the view, and all others one click away. */
export function Views({ search }: { search: DeskSearch }) {
  const t = useText(desk).views;
  const saved = useSavedViews();
  const [open, setOpen] = useState(false);
  const builtIn = builtInOf(search);
  const text = viewText(search);
  const mine = saved.find((view) => view.search === text);
  const close = (): void => setOpen(false);
  const list = (
    <div className="views">
      <h3>{t.builtIn}</h3>
      <ul>
        {builtInViewKeys.map((key) => (
          <li key={key}>
            <Go
              href={`/desk${toSearchText(builtInViews[key]) || '?sort=newest'}`}
              aria-current={key === builtIn ? 'page' : undefined}
              onClick={close}
            >
              {t.names[key]}
            </Go>
          </li>
        ))}
      </ul>
      {saved.length > 0 && <h3>{t.saved}</h3>}
      <ul>
        {saved.map((view) => (
          <li key={view.name}>
            <Go href={`/desk${view.search}`} aria-current={view === mine ? 'page' : undefined} onClick={close}>
              {view.name}
            </Go>
            <button
              type="button"
              className="tool"
              aria-label={t.remove(view.name)}
              onClick={() => removeView(view.name)}
            >
              <Icon name="cross" size={14} />
            </button>
          </li>
        ))}
      </ul>
      <SaveView search={search} onSaved={close} />
    </div>
  );
  return (
    <Popover content={list} trigger="click" open={open} onOpenChange={setOpen} placement="bottomLeft">
      <button
        type="button"
        className="view-name"
        aria-expanded={open}
        aria-label={`${t.label}: ${mine?.name ?? (builtIn === undefined ? t.custom : t.names[builtIn])}`}
      >
        {mine?.name ?? (builtIn === undefined ? t.custom : t.names[builtIn])}
        <Icon name="down" size={14} />
      </button>
    </Popover>
  );
}

function SaveView({ search, onSaved }: { search: DeskSearch; onSaved: () => void }) {
  const t = useText(desk).views;
  const { message } = App.useApp();
  const [name, setName] = useState('');
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    saveView(name.trim(), search);
    setName('');
    onSaved();
  };
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(`${location.origin}/desk${viewText(search)}`);
    void message.success(t.copied);
  };
  return (
    <form className="views-save" onSubmit={save}>
      <Input
        size="small"
        value={name}
        maxLength={20}
        placeholder={t.name}
        aria-label={t.name}
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" className="link-button" disabled={name.trim() === ''}>
        {t.save}
      </button>
      {/* Without TLS there is no clipboard to write to. */}
      {typeof navigator.clipboard?.writeText === 'function' && (
        <button type="button" className="link-button" onClick={() => void copy()}>
          {t.copy}
        </button>
      )}
    </form>
  );
}
