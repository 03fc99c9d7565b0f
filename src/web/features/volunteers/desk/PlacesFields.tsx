import { useText } from '#web/i18n/area.ts';
import { volunteers } from '#web/i18n/volunteers.ts';
import { NumberLine, usePosts } from './Parts.tsx';
import type { Roster } from './queries.ts';

export interface Places {
  needed: number;
  most: number;
  partnerId: string | null;
  partnerPlaces: number;
}

interface PlacesProps<P extends Places> {
  value: P;
  partners: Roster['partners'];
  onChange: (value: P) => void;
}

/** How many are wanted, how many have a place, and which of them are a partner's. */
export function PlacesFields<P extends Places>({ value, partners, onChange }: PlacesProps<P>) {
  const t = useText(volunteers).form;
  const { nameOf } = usePosts();
  return (
    <>
      <NumberLine
        label={t.needed}
        value={value.needed}
        min={1}
        max={50}
        onChange={(needed) => onChange({ ...value, needed, most: Math.max(needed, value.most) })}
      />
      <NumberLine
        label={t.most}
        value={value.most}
        min={1}
        max={50}
        onChange={(most) => onChange({ ...value, most })}
      />
      <label className="roster-field">
        <span>{t.partner}</span>
        <select
          value={value.partnerId ?? ''}
          onChange={({ target }) =>
            onChange({
              ...value,
              partnerId: target.value === '' ? null : target.value,
              partnerPlaces: target.value === '' ? 0 : Math.max(1, value.partnerPlaces),
            })
          }
        >
          <option value="">{t.noPartner}</option>
          {partners.map((one) => (
            <option key={one.id} value={one.id}>
              {nameOf(one)}
            </option>
          ))}
        </select>
      </label>
      {value.partnerId !== null && (
        <NumberLine
          label={t.partnerPlaces}
          value={value.partnerPlaces}
          max={value.most}
          onChange={(partnerPlaces) => onChange({ ...value, partnerPlaces })}
        />
      )}
    </>
  );
}

export function PostField({ value, onChange }: { value: string; onChange: (post: string) => void }) {
  const t = useText(volunteers).form;
  const { posts, nameOf } = usePosts();
  return (
    <label className="roster-field">
      <span>{t.post}</span>
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        {posts.map((one) => (
          <option key={one.code} value={one.code}>
            {nameOf(one)}
          </option>
        ))}
      </select>
    </label>
  );
}
