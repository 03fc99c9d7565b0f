import { useEffect, useRef, useState } from 'react';
import { TextField } from './Field.tsx';

/** Text that narrows a list: told a moment after the last key, so that not every letter asks the server. */
export function SearchField(props: { label: string; value: string; onChange: (value: string) => void }) {
  const { label, value, onChange } = props;
  const [typed, setTyped] = useState(value);
  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => tell.current(typed.trim()), 300);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return <TextField type="search" label={label} value={typed} onChange={setTyped} maxLength={50} />;
}
