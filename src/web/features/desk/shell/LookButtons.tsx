import { useQueryClient } from '@tanstack/react-query';
import { sessionRoutes } from '#contract/identity.ts';
import { call } from '#web/app/call.ts';
import { meQuery } from '#web/app/me.ts';
import { displayMode, theme } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';

/** Language, light or dark, ordinary or large. */
export function LookButtons() {
  const t = useText(common);
  const client = useQueryClient();
  const lang = languageChoice.use();
  const dark = theme.use() === 'dark';
  const elder = displayMode.use() === 'elder';
  const changeLanguage = (): void => {
    const next = lang === 'zh' ? 'en' : 'zh';
    languageChoice.set(next);
    // The server keeps it for messages it writes; the screen does not wait for that.
    if ((client.getQueryData(meQuery.queryKey)?.account ?? null) !== null)
      void call(sessionRoutes.setLocale, { body: { locale: next === 'zh' ? 'zh-CN' : 'en' } }).catch(() => undefined);
  };
  return (
    <span className="look" role="group" aria-label={t.language}>
      <button type="button" className="tool" onClick={changeLanguage} lang={lang === 'zh' ? 'en' : 'zh-CN'}>
        <Icon name="globe" size={18} />
        {t.otherLanguage}
      </button>
      <button
        type="button"
        className="tool"
        aria-pressed={dark}
        title={dark ? t.light : t.dark}
        aria-label={t.dark}
        onClick={() => theme.set(dark ? 'light' : 'dark')}
      >
        <Icon name={dark ? 'sun' : 'moon'} size={18} />
      </button>
      <button
        type="button"
        className="tool"
        aria-pressed={elder}
        title={elder ? t.elderOff : t.elderOn}
        aria-label={t.elderOn}
        onClick={() => displayMode.set(elder ? 'normal' : 'elder')}
      >
        <Icon name="letters" size={18} />
      </button>
    </span>
  );
}
