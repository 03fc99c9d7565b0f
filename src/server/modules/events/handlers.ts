import type { eventRoutes } from '#contract/events.ts';
import type { Handlers } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { act, type Command, type CommandBody, type Kit } from './act.ts';
import { runBulk } from './commands-bulk.ts';
import { check, reopen, resume, shelve, supervise, urge } from './commands-check.ts';
import { cancel, merge, recategorise, recordCall, relocate, reprioritise, unmerge } from './commands-correct.ts';
import {
  accept,
  arrive,
  askExtension,
  finish,
  giveBack,
  grantExtension,
  note,
  refuseExtension,
} from './commands-handle.ts';
import { reportEvent, selfHandle } from './commands-report.ts';
import {
  decline,
  delegate,
  dispatch,
  escalate,
  file,
  handOver,
  invite,
  receive,
  verify,
  waive,
  withdraw,
} from './commands-route.ts';
import { getEvent, listCandidates, listEvents, listSimilar, mapEvents, readBoard } from './queries.ts';

/** What a handler needs to know of the request. */
export interface Caller {
  actor: Actor;
}

export function eventHandlers(kit: Kit): Handlers<typeof eventRoutes, Caller> {
  /** One command on one event. */
  function on<B extends CommandBody>(command: Command<B>) {
    return (input: { params: { id: string }; body: B }, { actor }: Caller) =>
      act(kit, { actor }, input.params.id, input.body, command);
  }
  return {
    list: ({ query }, { actor }) => listEvents(kit, actor, query),
    map: ({ query }, { actor }) => mapEvents(kit, actor, query),
    board: ({ query }, { actor }) => readBoard(kit, actor, query.areaCode),
    get: ({ params }, { actor }) => getEvent(kit, actor, params.id),
    similar: ({ query }, { actor }) => listSimilar(kit, actor, query),
    candidates: ({ params }, { actor }) => listCandidates(kit, actor, params.id),
    report: ({ body }, { actor }) => reportEvent(kit, actor, body),
    selfHandle: ({ body }, { actor }) => selfHandle(kit, actor, body),
    receive: on(receive),
    verify: on(verify),
    file: on(file),
    decline: on(decline),
    dispatch: on(dispatch),
    accept: on(accept),
    return: on(giveBack),
    escalate: on(escalate),
    delegate: on(delegate),
    invite: on(invite),
    handOver: on(handOver),
    waive: on(waive),
    withdraw: on(withdraw),
    arrive: on(arrive),
    note: on(note),
    askExtension: on(askExtension),
    grantExtension: on(grantExtension),
    refuseExtension: on(refuseExtension),
    finish: on(finish),
    check: on(check),
    shelve: on(shelve),
    resume: on(resume),
    merge: on(merge),
    unmerge: on(unmerge),
    urge: on(urge),
    supervise: on(supervise),
    reopen: on(reopen),
    recategorise: on(recategorise),
    relocate: on(relocate),
    reprioritise: on(reprioritise),
    recordCall: on(recordCall),
    cancel: on(cancel),
    bulkFile: ({ params, body }, { actor }) => runBulk(kit, actor, params.verb, body),
  };
}
