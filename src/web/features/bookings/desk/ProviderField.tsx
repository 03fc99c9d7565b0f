import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OfferWish } from '#contract/bookings-views.ts';
import { useText } from '#web/i18n/area.ts';
import { bookings } from '#web/i18n/bookings.ts';
import { providersQuery } from './queries.ts';

const kinds = ['unit', 'partner', 'words'] as const;
type Kind = (typeof kinds)[number];

interface ProviderFieldProps {
  stationId: string;
  wish: OfferWish;
  onChange: (part: Partial<OfferWish>) => void;
}

const none = { providerUnitId: null, providerPartnerId: null, providerWords: '' } as const;

/** A unit, a partner, or words: one of the three. */
export function ProviderField({ stationId, wish, onChange }: ProviderFieldProps) {
  const t = useText(bookings).form;
  const first: Kind = wish.providerUnitId !== null ? 'unit' : wish.providerWords !== '' ? 'words' : 'partner';
  const [chosen, setKind] = useState<Kind>(first);
  const kind = wish.providerWords !== '' ? 'words' : chosen;
  const { data } = useQuery(providersQuery(stationId));
  const list = kind === 'unit' ? data?.units : data?.partners;
  const value = (kind === 'unit' ? wish.providerUnitId : wish.providerPartnerId) ?? '';
  const pick = (id: string): void =>
    onChange({ ...none, ...(kind === 'unit' ? { providerUnitId: id || null } : { providerPartnerId: id || null }) });
  return (
    <div className="form-field" role="group" aria-label={t.provider}>
      {t.provider}
      <span className="bookings-row">
        <select
          aria-label={t.provider}
          value={kind}
          onChange={({ target }) => {
            setKind(kinds.find((one) => one === target.value) ?? 'words');
            onChange(none);
          }}
        >
          {kinds.map((one) => (
            <option key={one} value={one}>
              {t.providerKinds[one]}
            </option>
          ))}
        </select>
        {kind === 'words' ? (
          <input
            aria-label={t.providerKinds.words}
            maxLength={60}
            value={wish.providerWords}
            onChange={({ target }) => onChange({ ...none, providerWords: target.value })}
          />
        ) : (
          <select
            aria-label={t.providerKinds[kind]}
            required
            value={value}
            onChange={({ target }) => pick(target.value)}
          >
            <option value="">{t.choose}</option>
            {list?.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </span>
    </div>
  );
}
