import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { shortfalls } from '#web/i18n/shortfalls.ts';
import { hrefOf, type ShortfallSearch } from './search.ts';

/** The four lists: two of this page, and the two that are kept elsewhere. */
export function ListTabs({ search }: { search: ShortfallSearch }) {
  const t = useText(shortfalls);
  const { area, class: classCode } = search;
  const tabs = [
    {
      key: 'problems',
      words: t.lists.problems,
      href: hrefOf('shortfalls', { list: 'problems', class: classCode, area }),
    },
    { key: 'needs', words: t.others.needs, href: hrefOf('needs', { class: classCode, area }) },
    { key: 'demand', words: t.lists.demand, href: hrefOf('shortfalls', { list: 'demand', class: classCode, area }) },
    { key: 'idle', words: t.others.idle, href: hrefOf('idle', { area }) },
  ];
  return (
    <nav className="shortfalls-tabs" aria-label={t.listsLabel}>
      {tabs.map(({ key, words, href }) => (
        <Go key={key} href={href} aria-current={key === search.list ? 'page' : undefined}>
          {words}
        </Go>
      ))}
    </nav>
  );
}
