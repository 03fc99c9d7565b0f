import { useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { reading } from '#web/field/field-app.ts';
import { Icon, isIconName } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import {
  below,
  classesOf,
  frequent,
  iconOf,
  leavesOf,
  recentCodes,
  useCategories,
  useCategoryName,
  type Category,
} from '../parts/use-categories.ts';

const recentShown = 6;
/** With this many tiles of one's own, the whole list waits behind a button. */
const recentEnough = 3;
const foundShown = 12;

export interface CategoryPickProps {
  value: string | null;
  /** Codes that fit what was found, offered before habits. */
  suggested?: readonly string[];
  onChange: (code: string | null) => void;
}

/** Tiles: what fits or what this person often reports first, then all classes; or a few letters find it. */
export function CategoryPick({ value, suggested = [], onChange }: CategoryPickProps) {
  const t = useText(field).report;
  const items = useCategories();
  const name = useCategoryName();
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const [wide, setWide] = useState(false);
  const { rows } = reading.use().pack;
  // One's own habits first, then what the grid has had.
  const often = [...new Set([...suggested, ...recentCodes(), ...frequent(rows.map((row) => row.categoryCode))])];
  if (items === null) return <p className="hint">{t.categoriesMissing}</p>;
  const chosen = items.find((item) => item.code === value);
  if (chosen !== undefined) return <Chosen items={items} chosen={chosen} onChange={() => onChange(null)} />;
  const leaves = leavesOf(items);
  const wanted = typed.trim().toLowerCase();
  const found =
    wanted === '' ? [] : leaves.filter((item) => `${item.name} ${item.nameEn}`.toLowerCase().includes(wanted));
  const recent = often.flatMap((code) => leaves.find((item) => item.code === code) ?? []).slice(0, recentShown);
  const all = open === null ? classesOf(items) : below(items, open);
  const choose = (item: Category): void => {
    if (below(items, item.code).length > 0) setOpen(item.code);
    else onChange(item.code);
  };
  return (
    <div className="stack">
      {wanted === '' && open === null && recent.length > 0 && (
        <Tiles label={suggested.length > 0 ? t.fitting : t.recent} items={recent} all={items} onChoose={choose} />
      )}
      <Field label={t.search} type="search" inputMode="search" value={typed} maxLength={20} onChange={setTyped} />
      {wanted === '' && !wide && open === null && recent.length >= recentEnough && (
        <Button icon="down" onClick={() => setWide(true)}>
          {t.all}
        </Button>
      )}
      {wanted === '' && (wide || open !== null || recent.length < recentEnough) && (
        <Tiles
          label={open === null ? t.all : name(items.find((item) => item.code === open) ?? noCategory)}
          items={all}
          all={items}
          onChoose={choose}
          {...(open === null ? {} : { onBack: () => setOpen(null) })}
        />
      )}
      {wanted !== '' && found.length === 0 && <p className="hint">{t.searchNone}</p>}
      {found.length > 0 && <Tiles label={t.search} items={found.slice(0, foundShown)} all={items} onChoose={choose} />}
    </div>
  );
}

const noCategory: Category = { code: '', name: '', nameEn: '', icon: null, parentCode: null };

function Chosen({ items, chosen, onChange }: { items: readonly Category[]; chosen: Category; onChange: () => void }) {
  const t = useText(field).report;
  const name = useCategoryName();
  const icon = iconOf(items, chosen);
  return (
    <div className="chosen">
      {icon !== null && isIconName(icon) && <Icon name={icon} size={28} />}
      <strong>{name(chosen)}</strong>
      <Button onClick={onChange}>{t.change}</Button>
    </div>
  );
}

interface TilesProps {
  label: string;
  items: readonly Category[];
  all: readonly Category[];
  onChoose: (item: Category) => void;
  onBack?: () => void;
}

function Tiles({ label, items, all, onChoose, onBack }: TilesProps) {
  const t = useText(field).report;
  const name = useCategoryName();
  return (
    <fieldset className="bare tile-group" aria-label={label}>
      <p className="tile-head">
        <span>{label}</span>
        {onBack !== undefined && (
          <Button kind="quiet" icon="back" onClick={onBack}>
            {t.all}
          </Button>
        )}
      </p>
      <div className="tiles">
        {items.map((item) => {
          const icon = iconOf(all, item);
          return (
            <button key={item.code} type="button" className="tile" onClick={() => onChoose(item)}>
              <Icon name={icon !== null && isIconName(icon) ? icon : 'more'} size={28} />
              <span>{name(item)}</span>
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
