import { displayMode, theme } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Button } from '#web/ui/light/Button.tsx';

/** Larger letters, the other language, day or night. */
export function Switches() {
  const t = useText(common);
  const language = languageChoice.use();
  const mode = displayMode.use();
  const shade = theme.use();
  return (
    <div className="switches">
      <Button icon="letters" onClick={() => displayMode.set(mode === 'elder' ? 'normal' : 'elder')}>
        {mode === 'elder' ? t.elderOff : t.elderOn}
      </Button>
      <Button icon={shade === 'dark' ? 'sun' : 'moon'} onClick={() => theme.set(shade === 'dark' ? 'light' : 'dark')}>
        {shade === 'dark' ? t.light : t.dark}
      </Button>
      <Button icon="globe" onClick={() => languageChoice.set(language === 'zh' ? 'en' : 'zh')}>
        {t.otherLanguage}
      </Button>
    </div>
  );
}
