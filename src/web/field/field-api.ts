import type { demoRoutes } from '#contract/demo.ts';
import type { eventRoutes } from '#contract/events.ts';
import type { Verb } from '#contract/events-words.ts';
import type { sessionRoutes } from '#contract/identity.ts';
import type { inspectionRoutes } from '#contract/inspections.ts';
import type { ClientInput, ClientOutput, Route } from '#contract/route.ts';
import type { visitRoutes } from '#contract/visits.ts';
import type { RouteRef, RouteRefs } from '#web/app/call.ts';

/** The routes the phone reads, without their schemas (Zod stays off the phone). Types keep them equal to the contract. */
export const sessionApi: RouteRefs<
  Pick<typeof sessionRoutes, 'me' | 'signIn' | 'confirmSignIn' | 'signOut' | 'changePassword' | 'fieldKey'>
> = {
  me: { method: 'GET', path: '/api/session' },
  signIn: { method: 'POST', path: '/api/session' },
  confirmSignIn: { method: 'POST', path: '/api/session/second-factor' },
  signOut: { method: 'DELETE', path: '/api/session' },
  changePassword: { method: 'POST', path: '/api/session/password' },
  fieldKey: { method: 'GET', path: '/api/session/field-key' },
};

export const demoApi: RouteRefs<Pick<typeof demoRoutes, 'demo'>> = {
  demo: { method: 'GET', path: '/api/public/demo' },
};

export const eventsApi: RouteRefs<Pick<typeof eventRoutes, 'list' | 'get' | 'similar'>> = {
  list: { method: 'GET', path: '/api/events' },
  get: { method: 'GET', path: '/api/events/:id' },
  similar: { method: 'GET', path: '/api/events/similar' },
};

/** The two lists of the day. */
export const dayApi: {
  visits: RouteRef<(typeof visitRoutes)['today']>;
  inspections: RouteRef<(typeof inspectionRoutes)['today']>;
} = {
  visits: { method: 'GET', path: '/api/visits/today' },
  inspections: { method: 'GET', path: '/api/inspections/today' },
};
export type VisitTask = ClientOutput<typeof visitRoutes.today>['items'][number];
export type VisitForm = VisitTask['form'];
export type InspectionTask = ClientOutput<typeof inspectionRoutes.today>['items'][number];
type Decided<R extends Route> = Omit<
  NonNullable<ClientInput<R>['body']>,
  'opId' | 'at' | 'seenVersion' | 'attachments'
>;
/** What was found at a door, and at a risk point. */
export type VisitBody = Decided<typeof visitRoutes.record>;
export type InspectionBody = Decided<typeof inspectionRoutes.record>;

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

/** What is recorded of the tasks of the day. */
export type TaskVerb = 'visit_record' | 'inspection_record';
/** 'other': acts of other features, which bring their own road (OtherAct). */
export type CommandVerb = FieldVerb | TaskVerb | 'other';

/** `id`: the event, or the task of the day. @throws RangeError when the verb needs one and there is none */
export function pathOf(verb: FieldVerb | TaskVerb, id: string | null): `/api/${string}` {
  if (verb === 'report') return '/api/events';
  if (verb === 'self_handle') return '/api/events/self-handle';
  if (id === null) throw new RangeError(`The command "${verb}" needs what it is about.`);
  if (verb === 'visit_record') return `/api/visits/${id}/record`;
  if (verb === 'inspection_record') return `/api/inspections/${id}/record`;
  return `/api/events/${id}/${verb.replaceAll('_', '-')}`;
}

export type EventRow = ClientOutput<typeof eventRoutes.list>['items'][number];
export type EventDetail = ClientOutput<typeof eventRoutes.get>;
export type TaskView = EventDetail['tasks'][number];
export type TimelineLine = EventDetail['timeline'][number];
export type SimilarRow = ClientOutput<typeof eventRoutes.similar>['items'][number];
export type Account = NonNullable<ClientOutput<typeof sessionRoutes.me>['account']>;
/**
 * What the server acknowledges: the event or task, its number, the ledger line; for tasks also what follows from it. Acts
 * of other features may answer less.
 */
export interface CommandAnswer {
  id?: string;
  number?: string;
  /** Of the event; tasks of the day have words of their own, or null. */
  status?: string | null;
  at?: string;
  ledgerId?: string;
  eventId?: string | null;
  next?: { at: string } | null;
}
