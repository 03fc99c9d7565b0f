import { useEffect, useState } from 'react';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import { call } from './call.ts';
import { publicApi } from './public-api.ts';
import { useLoad } from './use-load.ts';

interface PlaceSearchProps {
  /** What the line is called, and what is said when no place has such a name. */
  words: { label: string; none: string };
  onSettle: (at: { lon: number; lat: number }, name: string) => void;
}

/** Finds a place by its name, asking 300 ms after the last key. */
export function PlaceSearch({ words, onSettle }: PlaceSearchProps) {
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), 300);
    return () => clearTimeout(timer);
  }, [typed]);
  const { value, error, reload } = useLoad(asked === '' ? null : asked, (signal) =>
    call(publicApi.places, { query: { q: asked } }, { signal }),
  );
  return (
    <div className="way-body">
      <Field
        label={words.label}
        type="search"
        inputMode="search"
        value={typed}
        maxLength={40}
        autoFocus
        onChange={setTyped}
      />
      {error !== undefined && <ErrorNote error={error} onRetry={reload} />}
      <div aria-live="polite">
        {value !== undefined && value.items.length === 0 && <p className="field-hint">{words.none}</p>}
        {value !== undefined && value.items.length > 0 && (
          <ul className="found">
            {value.items.map(({ name, areaName, lon, lat }) => (
              <li key={`${name} ${lon} ${lat}`}>
                <button type="button" className="found-place" onClick={() => onSettle({ lon, lat }, name)}>
                  <strong>{name}</strong>
                  <small>{areaName}</small>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
