import { useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { inLanguage, languageChoice } from '#web/i18n/language.ts';
import { needsPublic } from '#web/i18n/needs-public.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import type { SurveyPlace } from './api.ts';

const most = 6;

interface MissingTilesProps {
  tiles: SurveyPlace['tiles'];
  value: readonly string[];
  onChange: (codes: string[]) => void;
}

/** What is missed, as large tiles, several of them; native check boxes below. */
export function MissingTiles({ tiles, value, onChange }: MissingTilesProps) {
  const t = useText(needsPublic);
  const lang = languageChoice.use();
  const [full, setFull] = useState(false);
  const toggle = (code: string, on: boolean): void => {
    setFull(on && value.length >= most);
    if (on && value.length >= most) return;
    onChange(on ? [...value, code] : value.filter((one) => one !== code));
  };
  return (
    <fieldset className="choices choices-tiles">
      <legend className="field-label">
        {t.missing} <small>{t.missingHint}</small>
      </legend>
      {tiles.map((tile) => (
        <label key={tile.code} className="choice">
          <input
            type="checkbox"
            checked={value.includes(tile.code)}
            onChange={({ target }) => toggle(tile.code, target.checked)}
          />
          <span className="choice-words">
            {inLanguage(lang, tile.name, tile.nameEn)}
            <small>{inLanguage(lang, tile.hint, tile.hintEn)}</small>
          </span>
          <span className="choice-mark" aria-hidden="true">
            <Icon name="check" size={18} />
          </span>
        </label>
      ))}
      {full && <p role="status">{t.most}</p>}
    </fieldset>
  );
}
