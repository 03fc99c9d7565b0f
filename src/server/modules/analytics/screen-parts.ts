import type { Placement, WidgetCode } from '#contract/screens-layout.ts';
import type { WidgetData } from '#contract/screens-views.ts';
import type { Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import type { Area, Territory } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { Vault } from '#server/vault/vault.ts';

/** For whom a widget is told: a screen of this area, never a person; and where the centre that runs it stands. */
export interface ScreenAsk {
  actor: Actor;
  area: Area;
  /** The unit that receives for the area; undefined where none does. */
  unitId: string | undefined;
  nowMs: number;
}

/** Where the data of each widget come from, joined by src/wiring/screens.ts; what is missing here is not offered. */
export type WidgetSources = {
  [K in WidgetCode]?: (ask: ScreenAsk) => Promise<WidgetData[K] | null>;
};

export interface ScreenParts {
  database: Database;
  territory: Territory;
  vault: Pick<Vault, 'deriveSecret'>;
  clock: Clock;
  sources: WidgetSources;
  /** Told when a widget's source failed; the screen goes on with the others. */
  report: (widget: WidgetCode, error: unknown) => void;
}

export type Layout = readonly Placement[];
