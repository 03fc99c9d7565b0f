import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { volunteers } from '#web/i18n/volunteers.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { volunteerWordsQuery } from './queries.ts';

/** What is being fetched, what went wrong, or the part itself. */
export function Answer<T>({
  query,
  children,
}: {
  query: { data: T | undefined; error: unknown; refetch: () => unknown };
  children: (data: T) => ReactNode;
}) {
  const t = useText(volunteers);
  return (
    <>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {query.data === undefined && query.error === null && <p role="status">{t.loading}</p>}
      {query.data !== undefined && children(query.data)}
    </>
  );
}

/** The name of a post in the reader's language, and all posts to choose from. */
export function usePosts() {
  const lang = languageChoice.use();
  const posts = useQuery(volunteerWordsQuery).data?.posts ?? [];
  const nameOf = ({ name, nameEn }: { name: string; nameEn: string }): string =>
    lang === 'en' && nameEn !== '' ? nameEn : name;
  const post = (code: string): string => {
    const found = posts.find((one) => one.code === code);
    return found === undefined ? code : nameOf(found);
  };
  return { posts, post, nameOf };
}

interface NumberLineProps {
  label: string;
  value: number;
  min?: number;
  max: number;
  onChange: (value: number) => void;
}

export function NumberLine({ label, value, min = 0, max, onChange }: NumberLineProps) {
  return (
    <label className="roster-field">
      <span>{label}</span>
      <input
        type="number"
        min={min}
        max={max}
        value={value}
        onChange={({ target }) => onChange(Number(target.value))}
      />
    </label>
  );
}
