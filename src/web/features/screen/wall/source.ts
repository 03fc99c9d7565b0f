import type { ClientOutput } from '#contract/route.ts';
import type { kioskRoutes, screenRoutes } from '#contract/screens.ts';
import type { WidgetCode } from '#contract/screens-layout.ts';
import { call, type RouteRef, type RouteRefs } from '#web/app/call.ts';

export type ScreenData = ClientOutput<typeof screenRoutes.data>;
export type Shown = ClientOutput<typeof kioskRoutes.screen>;

/** Only what the wall calls, without the contract's schemas. */
const routes: RouteRefs<Pick<typeof screenRoutes, 'list' | 'first' | 'data'>> = {
  list: { method: 'GET', path: '/api/screens' },
  first: { method: 'GET', path: '/api/screens/default' },
  data: { method: 'GET', path: '/api/screens/data' },
};
const kioskScreen: RouteRef<typeof kioskRoutes.screen> = { method: 'GET', path: '/api/public/kiosk/:secret' };
const kioskData: RouteRef<typeof kioskRoutes.data> = { method: 'GET', path: '/api/public/kiosk/:secret/data' };

/** Where a wall has its arrangement, its numbers and the news of changes from. */
export interface ScreenSource {
  load(signal: AbortSignal): Promise<Shown>;
  data(area: string, codes: readonly WidgetCode[], signal: AbortSignal): Promise<ScreenData>;
  livePath: string;
  /** Nobody is signed in here: numbers open only after signing in. */
  kiosk: boolean;
}

/** `/screen` (one's own area), `/screen?area=…`, `/screen?id=…`, `/screen/k/<secret>`. */
export function sourceOf(address: { pathname: string; search: string }): ScreenSource {
  const secret = /^\/screen\/k\/([A-Za-z0-9_-]{20,100})\/?$/.exec(address.pathname)?.[1];
  if (secret !== undefined) return kioskSource(secret);
  const search = new URLSearchParams(address.search);
  return signedInSource(search.get('id'), search.get('area'));
}

function kioskSource(secret: string): ScreenSource {
  return {
    load: (signal) => call(kioskScreen, { params: { secret } }, { signal }),
    data: (_area, codes, signal) =>
      call(kioskData, { params: { secret }, query: { codes: codes.join(',') } }, { signal }),
    livePath: `/api/public/kiosk/${secret}/live`,
    kiosk: true,
  };
}

function signedInSource(id: string | null, area: string | null): ScreenSource {
  return {
    async load(signal) {
      const { items } = await call(routes.list, {}, { signal });
      const chosen = items.find((one) => one.id === id);
      const first = await call(routes.first, { query: { area: chosen?.areaCode ?? area ?? undefined } }, { signal });
      if (chosen !== undefined) return { ...chosen, rules: first.rules };
      const { areaCode, areaName, layout, rules } = first;
      return { id: '', name: '', areaCode, areaName, look: 'auto', layout, version: 0, rules };
    },
    data: (code, codes, signal) => call(routes.data, { query: { area: code, codes: codes.join(',') } }, { signal }),
    livePath: '/api/live',
    kiosk: false,
  };
}
