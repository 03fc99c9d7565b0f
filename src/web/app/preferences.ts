import { markPage, remembered } from './remembered.ts';

/** Elder mode: text ≥ 18 px, targets ≥ 60 px, fewer things at once. `data-mode` on <html> drives the style sheets. */
export const displayMode = remembered(
  'huangge.mode',
  ['normal', 'elder'],
  () => 'normal',
  (mode) => markPage('data-mode', mode),
);

export const themes = ['light', 'dark'] as const;
/** Light or dark; follows the device until the reader chooses. `data-theme` on <html> drives the style sheets. */
export const theme = remembered('huangge.theme', themes, deviceTheme, (value) => markPage('data-theme', value));

function deviceTheme(): (typeof themes)[number] {
  return typeof matchMedia === 'function' && matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
