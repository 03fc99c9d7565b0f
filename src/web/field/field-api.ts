import type { demoRoutes } from '#contract/demo.ts';
import type { eventRoutes } from '#contract/events.ts';
import type { Verb } from '#contract/events-words.ts';
import type { sessionRoutes } from '#contract/identity.ts';
import type { ClientInput, ClientOutput } from '#contract/route.ts';
import type { RouteRefs } from '#web/app/call.ts';

/** The routes the phone reads, without their schemas (Zod stays off the phone). Types keep them equal to the contract. */
export const sessionApi: RouteRefs<
  Pick<typeof sessionRoutes, 'me' | 'signIn' | 'confirmSignIn' | 'signOut' | 'changePassword'>
> = {
  me: { method: 'GET', path: '/api/session' },
  signIn: { method: 'POST', path: '/api/session' },
  confirmSignIn: { method: 'POST', path: '/api/session/second-factor' },
  signOut: { method: 'DELETE', path: '/api/session' },
  changePassword: { method: 'POST', path: '/api/session/password' },
};

export const demoApi: RouteRefs<Pick<typeof demoRoutes, 'demo'>> = {
  demo: { method: 'GET', path: '/api/public/demo' },
};

export const eventsApi: RouteRefs<Pick<typeof eventRoutes, 'list' | 'get' | 'similar'>> = {
  list: { method: 'GET', path: '/api/events' },
  get: { method: 'GET', path: '/api/events/:id' },
  similar: { method: 'GET', path: '/api/events/similar' },
};

/** What can be done from the phone, and the route of the contract that does it. */
export const fieldVerbs = {
  report: 'report',
  self_handle: 'selfHandle',
  receive: 'receive',
  verify: 'verify',
  file: 'file',
  decline: 'decline',
  escalate: 'escalate',
  accept: 'accept',
  arrive: 'arrive',
  note: 'note',
  finish: 'finish',
  return: 'return',
  check: 'check',
  ask_extension: 'askExtension',
  urge: 'urge',
  record_call: 'recordCall',
} as const satisfies Partial<Record<Verb, keyof typeof eventRoutes>>;
export type FieldVerb = keyof typeof fieldVerbs;
/** Verbs on an event that exists already. */
export type ActVerb = Exclude<FieldVerb, 'report' | 'self_handle'>;

export function isFieldVerb(verb: Verb): verb is FieldVerb {
  return Object.hasOwn(fieldVerbs, verb);
}

export function isActVerb(verb: Verb): verb is ActVerb {
  return isFieldVerb(verb) && verb !== 'report' && verb !== 'self_handle';
}

type RouteOf<V extends FieldVerb> = (typeof eventRoutes)[(typeof fieldVerbs)[V]];
/** What the person decided; who, when and which photos are added by the outbox. */
export type ActBody<V extends FieldVerb> = Omit<
  NonNullable<ClientInput<RouteOf<V>>['body']>,
  'opId' | 'at' | 'seenVersion' | 'attachments'
>;

export function pathOf(verb: FieldVerb, eventId: string | null): `/api/${string}` {
  if (verb === 'report') return '/api/events';
  if (verb === 'self_handle') return '/api/events/self-handle';
  if (eventId === null) throw new RangeError(`The command "${verb}" needs the event it is about.`);
  return `/api/events/${eventId}/${verb.replaceAll('_', '-')}`;
}

export type EventRow = ClientOutput<typeof eventRoutes.list>['items'][number];
export type EventDetail = ClientOutput<typeof eventRoutes.get>;
export type TaskView = EventDetail['tasks'][number];
export type TimelineLine = EventDetail['timeline'][number];
export type SimilarRow = ClientOutput<typeof eventRoutes.similar>['items'][number];
export type Account = NonNullable<ClientOutput<typeof sessionRoutes.me>['account']>;
export type CommandAnswer = ClientOutput<RouteOf<'note'>> & { receiptSecret?: string };
