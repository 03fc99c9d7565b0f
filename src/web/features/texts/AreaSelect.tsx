import { useAreaChoices } from '#web/app/area-choices.ts';
import { useText } from '#web/i18n/area.ts';
import { texts } from '#web/i18n/texts.ts';

/** Issues of one area: down to the community. */
export function AreaSelect({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (area: string | undefined) => void;
}) {
  const t = useText(texts).hot;
  const choices = useAreaChoices(value, 12);
  return (
    <label className="hot-area">
      {t.area}
      <select
        value={value ?? ''}
        onChange={(chosen) => onChange(chosen.target.value === '' ? undefined : chosen.target.value)}
      >
        <option value="">{t.anyArea}</option>
        {choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.words}
          </option>
        ))}
      </select>
    </label>
  );
}
