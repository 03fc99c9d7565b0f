import { lazy, Suspense, type ComponentType } from 'react';
import type { WidgetCode } from '#contract/screens-layout.ts';
import type { WidgetData } from '#contract/screens-views.ts';
import { Flow, Today } from './Events.tsx';
import { Care, Duty, Force, Gaps, Stations } from './Hands.tsx';
import { Alarms, Anomalies, HotIssues, Operations, Warnings } from './Lists.tsx';
import { Forecast, Indicators } from './Measures.tsx';

export interface ViewProps<K extends WidgetCode> {
  area: string;
  data: WidgetData[K];
}

/** MapLibre comes only where a map is shown. */
const MapView = lazy(async () => ({ default: (await import('./MapView.tsx')).MapView }));

const views: { readonly [K in WidgetCode]: ComponentType<ViewProps<K>> } = {
  map: (props) => (
    <Suspense>
      <MapView {...props} />
    </Suspense>
  ),
  today: Today,
  flow: Flow,
  alarms: Alarms,
  warnings: Warnings,
  indicators: Indicators,
  hot_issues: HotIssues,
  anomalies: Anomalies,
  forecast: Forecast,
  duty: Duty,
  force: Force,
  stations: Stations,
  operations: Operations,
  care: Care,
  gaps: Gaps,
};

/** What the server told of a widget, drawn by the widget's own view. */
export function WidgetView({ code, area, data }: { code: WidgetCode; area: string; data: unknown }) {
  const View = views[code] as ComponentType<{ area: string; data: unknown }>;
  return <View area={area} data={data} />;
}
