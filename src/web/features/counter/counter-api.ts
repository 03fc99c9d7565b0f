import type { ClientInput, ClientOutput } from '#contract/route.ts';
import type { serviceRoutes } from '#contract/services.ts';
import type { RouteRefs } from '#web/app/call.ts';

/** The routes the tablet reads, without their schemas. */
export const counterApi: RouteRefs<Pick<typeof serviceRoutes, 'counter' | 'list'>> = {
  counter: { method: 'GET', path: '/api/services/counter' },
  list: { method: 'GET', path: '/api/stations/:id/services' },
};

export type Counter = ClientOutput<typeof serviceRoutes.counter>;
export type CounterStation = Counter['stations'][number];
export type CounterWords = Counter['words'];
export type ServiceKind = CounterWords['kinds'][number];
export type AidCard = CounterWords['cards'][number];
export type AidItem = CounterWords['items'][number];
export type ServiceRow = ClientOutput<typeof serviceRoutes.list>['items'][number];
type RecordBody = NonNullable<ClientInput<typeof serviceRoutes.record>['body']>;
/** One service, as the tablet sends it. */
export type Given = RecordBody['items'][number];
export type Visitor = NonNullable<Given['visitor']>;
export type Taking = NonNullable<Given['take']>[number];

/** Where acts of the counter go; by the outbox. */
export const counterRoads = {
  record: (stationId: string): `/api/${string}` => `/api/stations/${stationId}/services`,
  want: (stationId: string): `/api/${string}` => `/api/stations/${stationId}/wants`,
  correct: (recordId: string): `/api/${string}` => `/api/services/${recordId}/correct`,
  called: (recordId: string): `/api/${string}` => `/api/services/${recordId}/called`,
  aid: (recordId: string): `/api/${string}` => `/api/services/${recordId}/aid`,
};
