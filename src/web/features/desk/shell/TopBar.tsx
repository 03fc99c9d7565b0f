import { useQueryClient } from '@tanstack/react-query';
import { Popover } from 'antd';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { pageGroups, type PageGroup } from '#web/app/desk-page.ts';
import { useDeskSlots } from '#web/app/desk-slots.ts';
import { Go, useGo } from '#web/app/Go.tsx';
import { mainOffice, may, signOut, type Me } from '#web/app/me.ts';
import { useMedia } from '#web/app/media.ts';
import { displayMode } from '#web/app/preferences.ts';
import { parseSearchText, toSearchText } from '#web/app/search-text.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { desk } from '#web/i18n/desk.ts';
import { words } from '#web/i18n/words.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Logo } from '#web/ui/icons/Logo.tsx';
import { unitName } from '../names.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { parseDeskSearch } from '../queue/filters.ts';
import { LookButtons } from './LookButtons.tsx';
import { useLive } from './live-store.ts';

export interface MenuEntry {
  href: string;
  words: string;
}

export interface PageEntry extends MenuEntry {
  group: PageGroup;
}

export interface TopBarProps {
  me: Me;
  admin: readonly MenuEntry[];
  /** Pages of other features. */
  pages: readonly PageEntry[];
  onHelp: () => void;
}

/** Who, where, in which office; search; the ways to everything else. */
export function TopBar({ me, admin, pages, onHelp }: TopBarProps) {
  const { barTools } = useDeskSlots();
  const t = useText(desk).bar;
  const c = useText(common);
  const w = useText(words);
  const office = mainOffice(me);
  const lang = languageChoice.use();
  return (
    <header className="bar">
      <Go href="/desk" className="bar-home" aria-label={c.name}>
        <Logo size={30} />
        <span className="bar-name">{c.name}</span>
      </Go>
      <span className="bar-where">
        {office === undefined
          ? dutyWords(me, w, t.noOffice)
          : unitName({ name: office.unitName, nameEn: office.unitNameEn }, lang)}
      </span>
      <nav className="bar-nav" aria-label={t.main}>
        {may(me, 'event.read') && <Go href="/desk">{t.events}</Go>}
        <Pages pages={pages} />
        {admin.length > 0 && <Menu name={t.admin} groups={[{ group: 'admin', entries: admin }]} />}
      </nav>
      <SearchBox />
      {may(me, 'event.report') && (
        <Go href="/desk/new" className="bar-new">
          <Icon name="plus" size={18} />
          <span>{t.newReport}</span>
        </Go>
      )}
      <LiveSign />
      {barTools.map((Tool, k) => (
        <Tool key={k} />
      ))}
      <button
        type="button"
        className="tool bar-help"
        aria-label={t.shortcuts}
        title={`${t.shortcuts} ?`}
        onClick={onHelp}
      >
        <Icon name="question" size={18} />
      </button>
      <Person me={me} />
    </header>
  );
}

/** Pages by what they are about. Those of command stand in the bar where there is room: seconds count there. */
function Pages({ pages }: { pages: readonly PageEntry[] }) {
  const t = useText(desk).bar;
  const room = useRoom();
  const groups = pageGroups.flatMap((group) => {
    const entries = pages.filter((page) => page.group === group);
    return entries.length === 0 ? [] : [{ group, name: t.groups[group], entries }];
  });
  if (room === 'one') return groups.length === 0 ? null : <Menu name={t.more} groups={groups} />;
  return groups.map(({ group, name, entries }) =>
    entries.length === 1 || (group === 'command' && room === 'all') ? (
      entries.map(({ href, words: own }) => (
        <Go key={href} href={href}>
          {own}
        </Go>
      ))
    ) : (
      <Menu key={group} name={name} groups={[{ group, entries }]} />
    ),
  );
}

/** What fits into one line: the pages of command and a menu for each other group, menus only, or one menu. */
function useRoom(): 'all' | 'menus' | 'one' {
  const long = languageChoice.use() === 'en' || displayMode.use() === 'elder';
  const all = useMedia(long ? '(min-width: 2100px)' : '(min-width: 1600px)');
  const menus = useMedia(long ? '(min-width: 1700px)' : '(min-width: 1200px)');
  if (all) return 'all';
  return menus ? 'menus' : 'one';
}

interface MenuGroup {
  group: string;
  /** Said above its entries where a menu holds several groups. */
  name?: string;
  entries: readonly MenuEntry[];
}

function Menu({ name, groups }: { name: string; groups: readonly MenuGroup[] }) {
  const [open, setOpen] = useState(false);
  const list = groups.map(({ group, name: heading, entries }) => (
    <section key={group}>
      {heading !== undefined && <h2 className="menu-heading">{heading}</h2>}
      <ul className="menu">
        {entries.map((entry) => (
          <li key={entry.href}>
            <Go href={entry.href} onClick={() => setOpen(false)}>
              {entry.words}
            </Go>
          </li>
        ))}
      </ul>
    </section>
  ));
  return (
    <Popover content={list} trigger="click" open={open} onOpenChange={setOpen} placement="bottomLeft">
      <button type="button" aria-expanded={open}>
        {name}
        <Icon name="down" size={14} />
      </button>
    </Popover>
  );
}

function SearchBox() {
  const t = useText(desk).bar;
  const go = useGo();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (): void => {
      field.current?.focus();
      field.current?.select();
    };
    addEventListener('huangge:search', focus);
    return () => removeEventListener('huangge:search', focus);
  }, []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const q = field.current?.value.trim() ?? '';
    const now = location.pathname === '/desk' ? parseDeskSearch(parseSearchText(location.search)) : {};
    // A text search looks everywhere: the other filters would only hide what is sought.
    go(`/desk${toSearchText(q === '' ? { open: true, sort: now.sort } : { q })}`);
    field.current?.blur();
  };
  return (
    <form className="bar-search" role="search" onSubmit={submit}>
      <Icon name="search" size={16} />
      <input
        ref={field}
        type="search"
        placeholder={t.search}
        aria-label={t.search}
        title={t.searchKey}
        maxLength={100}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}

function LiveSign() {
  const t = useText(desk).bar;
  const { state } = useLive();
  return (
    <span className={`live live-${state}`} role="status" title={t.liveHint[state]}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {state === 'connected' ? (
          <circle cx="6" cy="6" r="4" fill="currentColor" />
        ) : (
          <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="4 3" />
        )}
      </svg>
      <span>{t.live[state]}</span>
    </span>
  );
}

function Person({ me }: { me: Me }) {
  const t = useText(desk).bar;
  const w = useText(words);
  const client = useQueryClient();
  const lang = languageChoice.use();
  const [open, setOpen] = useState(false);
  const roleName = (role: string): string => (role in w.role ? w.role[role as keyof typeof w.role] : role);
  const office = mainOffice(me);
  const card = (
    <div className="person-card">
      <b>{me.displayName}</b>
      <ul aria-label={t.office}>
        {me.appointments
          .filter((one) => one.live)
          .map((one) => (
            <li key={one.id}>
              {unitName({ name: one.unitName, nameEn: one.unitNameEn }, lang)} · {roleName(one.role)}
            </li>
          ))}
      </ul>
      <LookButtons />
      <Go href="/desk/password" onClick={() => setOpen(false)}>
        {t.password}
      </Go>
      <button type="button" className="link-button" onClick={() => void signOut(client)}>
        {t.signOut}
      </button>
    </div>
  );
  return (
    <Popover content={card} trigger="click" open={open} onOpenChange={setOpen} placement="bottomRight">
      <button type="button" className="bar-person" aria-expanded={open} title={t.menu}>
        <span className="bar-face" aria-hidden="true">
          {[...me.displayName].at(0)}
        </span>
        <span className="bar-who">
          <b>{me.displayName}</b>
          <small>{office === undefined ? dutyWords(me, w, t.noOffice) : roleName(office.role)}</small>
        </span>
      </button>
    </Popover>
  );
}

/** Administrators hold no appointment; what they are is their duty. */
function dutyWords(me: Me, w: { role: Record<`${NonNullable<Me['adminKind']>}_admin`, string> }, none: string): string {
  return me.adminKind === null ? none : w.role[`${me.adminKind}_admin`];
}
