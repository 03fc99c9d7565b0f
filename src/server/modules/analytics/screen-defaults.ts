import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { widgetCodes, type Placement, type WidgetCode } from '#contract/screens-layout.ts';
import type { screenRules } from '#contract/screens-views.ts';
import { tiers, type Tier } from '#kit/tiers.ts';
import { readDictionary } from '#server/files/dictionary.ts';
import type * as z from 'zod';

const file = join(import.meta.dirname, '../../../../db/data/screen-layouts.csv');
let rules: ReadonlyMap<string, { value: number }> | undefined;
let layouts: ReadonlyMap<string, readonly Placement[]> | undefined;

/** What a screen of a tier shows before anybody arranged it: only what `offered` holds. Grids begin as their community. */
export function firstLayout(tier: Tier, offered: readonly WidgetCode[]): Placement[] {
  layouts ??= readLayouts();
  const found = layouts.get(tier) ?? layouts.get('community') ?? [];
  return found.filter(({ code }) => offered.includes(code));
}

function readLayouts(): Map<string, Placement[]> {
  const rows: Record<string, string>[] = parse(readFileSync(file, 'utf8'), {
    columns: true,
    comment: '#',
    skip_empty_lines: true,
  });
  const found = new Map<string, Placement[]>(tiers.map((tier) => [tier, []]));
  for (const row of rows) {
    const code = widgetCodes.find((one) => one === row['widget']);
    if (code === undefined) throw new Error(`screen-layouts.csv names a widget nobody knows: ${row['widget']}.`);
    const [x, y, w, h] = ['x', 'y', 'w', 'h'].map((key) => Number(row[key]));
    const tier = row['tier'] ?? '';
    found.set(tier, [...(found.get(tier) ?? []), { code, x: x ?? 0, y: y ?? 0, w: w ?? 0, h: h ?? 0 }]);
  }
  return new Map([...found].filter(([, placed]) => placed.length > 0));
}

/** When a wall is bright, when it counts as standing still, when it loads anew. @throws Error when a rule is missing */
export function rulesOfScreens(): z.output<typeof screenRules> {
  rules ??= readDictionary('screen-rules.csv', ({ value }) => ({ value: Number(value) }));
  const value = (code: string): number => {
    const found = rules?.get(code)?.value;
    if (found === undefined) throw new Error(`screen-rules.csv: expected a row ${code}, found none.`);
    return found;
  };
  return {
    dayFromMinute: value('day_from'),
    nightFromMinute: value('night_from'),
    staleS: value('stale_after'),
    slowStaleS: value('stale_slow'),
    reloadMinute: value('reload_at'),
  };
}
