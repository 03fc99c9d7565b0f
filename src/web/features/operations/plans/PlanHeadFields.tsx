import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { PlanBody } from '#contract/operations-plans.ts';
import { useText } from '#web/i18n/area.ts';
import { plans } from '#web/i18n/plans.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { LineField, WordsField } from '../parts/Fields.tsx';
import { useName } from '../parts/names.ts';
import { categoriesQuery } from '../queries.ts';

export interface PlanPartProps {
  body: PlanBody;
  onChange: (body: PlanBody) => void;
}

/** Everything of a plan but its steps. */
export function PlanHeadFields({ body, onChange }: PlanPartProps) {
  const t = useText(plans).field;
  const nameOf = useName();
  const categories = useQuery(categoriesQuery).data?.categories ?? [];
  const set = (part: Partial<PlanBody>): void => onChange({ ...body, ...part });
  return (
    <section className="ops-part">
      <div className="ops-two">
        <LineField label={t.name} max={60} value={body.name} onChange={(name) => set({ name })} />
        <LineField label={t.nameEn} max={120} value={body.nameEn} onChange={(nameEn) => set({ nameEn })} />
        <WordsField label={t.purpose} max={1000} value={body.purpose} onChange={(purpose) => set({ purpose })} />
        <WordsField
          label={t.purposeEn}
          max={2000}
          value={body.purposeEn}
          onChange={(purposeEn) => set({ purposeEn })}
        />
        <div className="room-field">
          <span>{t.categories}</span>
          <Select
            mode="multiple"
            aria-label={t.categories}
            value={body.categories}
            onChange={(next: string[]) => set({ categories: next })}
            showSearch={{ optionFilterProp: 'label' }}
            options={categories
              .filter((one) => !one.retired || body.categories.includes(one.code))
              .map((one) => ({ value: one.code, label: `${one.code} ${nameOf(one)}` }))}
          />
        </div>
        <div className="room-field">
          <span>{t.riskKinds}</span>
          <Select
            mode="tags"
            aria-label={t.riskKinds}
            value={body.riskKinds}
            onChange={(next: string[]) => set({ riskKinds: next.map((one) => one.trim()).filter((one) => one !== '') })}
            options={body.riskKinds.map((kind) => ({ value: kind, label: kind }))}
          />
          <small>
            {t.riskKindsHint} {body.riskPointIds.length > 0 && t.riskPoints(body.riskPointIds.length)}
          </small>
        </div>
        <LineField
          label={t.nearbyM}
          type="number"
          min={10}
          max={2000}
          value={Number.isNaN(body.nearbyM) ? '' : `${body.nearbyM}`}
          onChange={(text) => set({ nearbyM: text === '' ? Number.NaN : Number(text) })}
        />
      </div>
      <Places body={body} onChange={onChange} />
    </section>
  );
}

function Places({ body, onChange }: PlanPartProps) {
  const t = useText(plans).field;
  const { places } = body;
  const put = (n: number, part: Partial<PlanBody['places'][number]>): void =>
    onChange({ ...body, places: places.map((place, k) => (k === n ? { ...place, ...part } : place)) });
  return (
    <div role="group" aria-label={t.places} className="plan-steps">
      <small>{t.places}</small>
      {places.map((place, n) => (
        // Places have no key of their own; their order is what they are.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={n} className="room-row">
          <LineField label={t.place(n + 1)} max={60} value={place.name} onChange={(name) => put(n, { name })} />
          <LineField label={t.placeNote(n + 1)} max={200} value={place.note} onChange={(note) => put(n, { note })} />
          <button
            type="button"
            className="tool"
            aria-label={t.removePlace(n + 1)}
            onClick={() => onChange({ ...body, places: places.filter((_, k) => k !== n) })}
          >
            <Icon name="cross" size={16} />
          </button>
        </div>
      ))}
      <div className="room-buttons">
        <button
          type="button"
          className="room-button"
          disabled={places.length >= 30}
          onClick={() => onChange({ ...body, places: [...places, { name: '', note: '' }] })}
        >
          {t.addPlace}
        </button>
      </div>
    </div>
  );
}
