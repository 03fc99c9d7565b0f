import { useNavigate, useSearch } from '@tanstack/react-router';

/** The page's words in the address: filters that can be sent to a colleague. '' takes a word away. */
export function usePageSearch(): [Readonly<Record<string, string>>, (change: Record<string, string>) => void] {
  const search = useSearch({ strict: false }) as Record<string, string>;
  const navigate = useNavigate();
  return [
    search,
    (change) => {
      const next = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value !== ''));
      void navigate({ to: '.', search: next as never, replace: true });
    },
  ];
}

/** Lets only these words of an address through, as text. */
export function onlyWords(...names: readonly string[]): (search: Record<string, unknown>) => Record<string, unknown> {
  return (search) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = search[name];
        return value === undefined || value === '' ? [] : [[name, String(value)]];
      }),
    );
}
