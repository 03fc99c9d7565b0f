import type { ClientOutput } from '#contract/route.ts';
import type { supplyRoutes } from '#contract/supplies.ts';
import type { RouteRefs } from '#web/app/call.ts';

/** The routes the tablet reads, without their schemas. */
export const supplyApi: RouteRefs<Pick<typeof supplyRoutes, 'items' | 'stock' | 'loans' | 'loanPhone' | 'thing'>> = {
  items: { method: 'GET', path: '/api/supplies/items' },
  stock: { method: 'GET', path: '/api/stations/:id/supplies' },
  loans: { method: 'GET', path: '/api/stations/:id/loans' },
  thing: { method: 'GET', path: '/api/public/things/:number' },
  loanPhone: { method: 'POST', path: '/api/loans/:id/phone' },
};

export type ItemWords = ClientOutput<typeof supplyRoutes.items>;
export type Item = ItemWords['items'][number];
export type Stock = ClientOutput<typeof supplyRoutes.stock>;
export type StockItem = Stock['items'][number];
export type Batch = StockItem['batches'][number];
export type Loans = ClientOutput<typeof supplyRoutes.loans>;
export type Loan = Loans['items'][number];

/** Where acts of the tablet go; by the outbox. */
export const supplyRoads = {
  lend: (stationId: string): `/api/${string}` => `/api/stations/${stationId}/loans`,
  bring: (stationId: string): `/api/${string}` => `/api/stations/${stationId}/returns`,
  receive: (stationId: string): `/api/${string}` => `/api/stations/${stationId}/supplies/receipts`,
  count: (stationId: string): `/api/${string}` => `/api/stations/${stationId}/supplies/counts`,
};
