export { createScreens, type Screens } from './screens.ts';
export type { ScreenAsk, WidgetSources } from './screen-parts.ts';
