/** Where widgets stand on a screen: data shared by the arrangement editor, the wall and the server. */

/** What a screen can show. */
export const widgetCodes = [
  'map',
  'today',
  'flow',
  'alarms',
  'warnings',
  'indicators',
  'hot_issues',
  'anomalies',
  'forecast',
  'duty',
  'force',
  'stations',
  'operations',
  'care',
  'gaps',
] as const;
export type WidgetCode = (typeof widgetCodes)[number];

/** A screen is so many cells wide and high, whatever its pixels. */
export const screenColumns = 24;
export const screenRows = 12;
/** The smallest place of a widget, in cells. */
export const leastWide = 3;
export const leastHigh = 2;

export interface Placement {
  code: WidgetCode;
  x: number;
  y: number;
  w: number;
  h: number;
}

/** Whether a widget stands wholly on the screen and is not too small to be read. */
export function fits({ x, y, w, h }: Placement): boolean {
  return w >= leastWide && h >= leastHigh && x >= 0 && y >= 0 && x + w <= screenColumns && y + h <= screenRows;
}

export function overlap(a: Placement, b: Placement): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** What is wrong with a layout, naming the widget; undefined when all stand beside one another on the screen, each once. */
export function layoutProblem(
  layout: readonly Placement[],
): { what: 'outside' | 'twice' | 'overlap'; code: WidgetCode; other?: WidgetCode } | undefined {
  for (const [k, one] of layout.entries()) {
    if (!fits(one)) return { what: 'outside', code: one.code };
    for (const other of layout.slice(k + 1)) {
      if (other.code === one.code) return { what: 'twice', code: one.code };
      if (overlap(one, other)) return { what: 'overlap', code: one.code, other: other.code };
    }
  }
  return undefined;
}
