import { theme as antdAlgorithms, type ThemeConfig } from 'antd';

const light = {
  leaf: '#1f6b4f',
  river: '#3b5b6e',
  seal: '#a8321f',
  amber: '#875300',
  paper: '#f6f2e9',
  sheet: '#fffdf9',
  ink: '#1f2a26',
  line: '#d9d3c5',
};
/** antd's dark algorithm darkens its seeds by a sixth; from these, words on and in them keep 4.5 : 1. */
const dark = {
  leaf: '#66bf97',
  river: '#a3c2d3',
  seal: '#f39a86',
  amber: '#d9a047',
  paper: '#121916',
  sheet: '#1b2420',
  ink: '#e9ece6',
  line: '#34403a',
};

/** The tokens of theme.css for antd (the desk). Elder mode: text 18 px, controls 60 px. */
export function antdTheme(look: { theme: 'light' | 'dark'; mode: 'normal' | 'elder' }): ThemeConfig {
  const colours = look.theme === 'dark' ? dark : light;
  const elder = look.mode === 'elder';
  return {
    algorithm: look.theme === 'dark' ? antdAlgorithms.darkAlgorithm : antdAlgorithms.defaultAlgorithm,
    token: {
      colorPrimary: colours.leaf,
      colorSuccess: colours.leaf,
      colorInfo: colours.river,
      colorLink: colours.leaf,
      colorError: colours.seal,
      colorWarning: colours.amber,
      colorBgLayout: colours.paper,
      colorBgContainer: colours.sheet,
      colorBgElevated: colours.sheet,
      colorTextBase: colours.ink,
      colorBorder: colours.line,
      colorBorderSecondary: colours.line,
      borderRadius: 8,
      fontFamily: 'var(--font)',
      fontSize: elder ? 18 : 14,
      controlHeight: elder ? 60 : 34,
      wireframe: false,
    },
  };
}
