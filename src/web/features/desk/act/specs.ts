import { eventRoutes } from '#contract/events.ts';
import type { Verb } from '#contract/events-words.ts';
import type { Route } from '#contract/route.ts';

/** A field of an action's panel. Each has one component and one part of the body. */
export type FieldKind =
  | 'note'
  | 'reason'
  | 'instruction'
  | 'result'
  | 'outcomeVerify'
  | 'outcomeCheck'
  | 'lead'
  | 'assists'
  | 'invited'
  | 'photos'
  | 'noEvidence'
  | 'showReporter'
  | 'lower'
  | 'beyondTier'
  | 'reviewAt'
  | 'into'
  | 'extension'
  | 'call'
  | 'category'
  | 'place'
  | 'priority';

export interface ActionSpec {
  route: Route;
  fields: readonly FieldKind[];
  /** Done by the button itself: nothing needs to be said. */
  direct?: true;
  /** Sent with what the person saw, so that a correction never overwrites another. */
  guarded?: true;
  /** Ends or refuses something: asked for with more care. */
  grave?: true;
}

/** What each verb asks for. Verbs of residents and of the program itself have no panel. */
export const actionSpecs: Partial<Record<Verb, ActionSpec>> = {
  receive: { route: eventRoutes.receive, fields: [], direct: true },
  verify: { route: eventRoutes.verify, fields: ['outcomeVerify', 'note', 'photos'] },
  file: { route: eventRoutes.file, fields: [], direct: true },
  decline: { route: eventRoutes.decline, fields: ['reason'], grave: true },
  dispatch: { route: eventRoutes.dispatch, fields: ['lead', 'assists', 'instruction'] },
  accept: { route: eventRoutes.accept, fields: [], direct: true },
  return: { route: eventRoutes.return, fields: ['reason', 'beyondTier'], grave: true },
  escalate: { route: eventRoutes.escalate, fields: ['reason'] },
  delegate: { route: eventRoutes.delegate, fields: ['lower', 'reason'] },
  invite: { route: eventRoutes.invite, fields: ['invited', 'instruction'] },
  hand_over: { route: eventRoutes.handOver, fields: ['reason'] },
  waive: { route: eventRoutes.waive, fields: ['reason'] },
  withdraw: { route: eventRoutes.withdraw, fields: ['reason'] },
  arrive: { route: eventRoutes.arrive, fields: [], direct: true },
  note: { route: eventRoutes.note, fields: ['note', 'photos'] },
  ask_extension: { route: eventRoutes.askExtension, fields: ['extension', 'reason'] },
  grant_extension: { route: eventRoutes.grantExtension, fields: ['note'] },
  refuse_extension: { route: eventRoutes.refuseExtension, fields: ['reason'] },
  finish: { route: eventRoutes.finish, fields: ['result', 'photos', 'showReporter', 'noEvidence'] },
  check: { route: eventRoutes.check, fields: ['outcomeCheck', 'note', 'photos', 'showReporter'] },
  shelve: { route: eventRoutes.shelve, fields: ['reason', 'reviewAt'] },
  resume: { route: eventRoutes.resume, fields: ['note'] },
  merge: { route: eventRoutes.merge, fields: ['into', 'note'] },
  unmerge: { route: eventRoutes.unmerge, fields: ['reason'] },
  urge: { route: eventRoutes.urge, fields: ['note'] },
  supervise: { route: eventRoutes.supervise, fields: ['note'] },
  reopen: { route: eventRoutes.reopen, fields: ['reason'] },
  recategorise: { route: eventRoutes.recategorise, fields: ['category', 'reason'], guarded: true },
  relocate: { route: eventRoutes.relocate, fields: ['place', 'note'], guarded: true },
  reprioritise: { route: eventRoutes.reprioritise, fields: ['priority', 'reason'], guarded: true },
  record_call: { route: eventRoutes.recordCall, fields: ['call', 'note'] },
  cancel: { route: eventRoutes.cancel, fields: ['reason'], grave: true },
};

/** The next step first: whatever brings the matter forward most. */
const forward: readonly Verb[] = [
  'accept',
  'arrive',
  'finish',
  'check',
  'grant_extension',
  'file',
  'dispatch',
  'verify',
  'receive',
  'resume',
];
/** Then what is often done beside it; the rest waits behind "more". */
const beside: readonly Verb[] = [
  'refuse_extension',
  'escalate',
  'decline',
  'return',
  'invite',
  'merge',
  'note',
  'urge',
  'record_call',
  'supervise',
];

/** A letter for the acts of every day. */
export const verbKeys = {
  receive: 'r',
  verify: 'v',
  file: 'f',
  dispatch: 'd',
  accept: 'a',
  arrive: 'g',
  finish: 'e',
  check: 'c',
  note: 'w',
  urge: 'u',
  merge: 'm',
  shelve: 's',
} as const satisfies Partial<Record<Verb, string>>;

export interface AllowedAction {
  verb: Verb;
  taskId: string | null;
  /** For extensions: which one is asked for. */
  extensionId?: string;
}

export interface OrderedActions {
  /** The next step; with several tasks of mine, one for each. */
  primary: readonly AllowedAction[];
  beside: readonly AllowedAction[];
  more: readonly AllowedAction[];
}

/** Puts what is allowed in order. In a P0, acting comes before everything else (law 5). */
export function orderActions(allowed: readonly AllowedAction[], event: { priority: number }): OrderedActions {
  const known = allowed.filter((one) => actionSpecs[one.verb] !== undefined);
  const order = event.priority === 0 ? ['dispatch' as Verb, ...forward] : forward;
  const next = order.find((verb) => known.some((one) => one.verb === verb));
  const rank = (list: readonly Verb[], verb: Verb): number => {
    const at = list.indexOf(verb);
    return at < 0 ? list.length : at;
  };
  const rest = known.filter((one) => one.verb !== next);
  const near = rest
    .filter((one) => forward.includes(one.verb) || beside.includes(one.verb))
    .toSorted((a, b) => rank([...forward, ...beside], a.verb) - rank([...forward, ...beside], b.verb));
  const shown = near.slice(0, 4);
  return {
    primary: known.filter((one) => one.verb === next),
    beside: shown,
    more: rest.filter((one) => !shown.includes(one)),
  };
}
