import { useState } from 'react';

const form = /^[a-z0-9_-]{1,40}$/;

/** What the reader needs, kept in the address: a link to "with medicine" can be passed on. */
export function useNeeds(): [readonly string[], (code: string) => void] {
  const [needs, setNeeds] = useState<readonly string[]>(() =>
    (new URLSearchParams(location.search).get('with') ?? '').split(',').filter((code) => form.test(code)),
  );
  const toggle = (code: string): void => {
    const next = needs.includes(code) ? needs.filter((one) => one !== code) : [...needs, code];
    const search = next.length === 0 ? '' : `?with=${next.join(',')}`;
    history.replaceState(history.state, '', location.pathname + search);
    setNeeds(next);
  };
  return [needs, toggle];
}
