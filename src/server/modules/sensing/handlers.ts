import type { sensingRoutes } from '#contract/sensing.ts';
import type { Handlers } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { acknowledge, clear, falseAlarm, link, mute, raise, testCall, type Done } from './commands-alarm.ts';
import { createSource, editSource, rotateSource, type SourceDone } from './commands-source.ts';
import { createThreshold, editThreshold, retireThreshold, type ThresholdDone } from './commands-threshold.ts';
import { discardDeadLetter, listDeadLetters, replayDeadLetter } from './dead-letters.ts';
import type { Kit } from './kit.ts';
import { getAlarm, listOf, readBoard, readingsOf, rowOf } from './queries.ts';
import { findSourceById, listSources } from './store-source.ts';
import { findThreshold, listThresholds } from './store-threshold.ts';
import { toSourceView, toThresholdView } from './views.ts';

/** What a handler needs to know of the request. */
export interface SensingCtx {
  actor: Actor;
}

export function sensingHandlers(kit: Kit): Handlers<Omit<typeof sensingRoutes, 'alert'>, SensingCtx> {
  async function alarmAnswer(actor: Actor, work: Promise<Done>) {
    const { id, at, ledgerId } = await work;
    return { alarm: await rowOf(kit, actor, id), at, ledgerId };
  }
  async function thresholdAnswer(work: Promise<ThresholdDone>) {
    const { id, at, ledgerId } = await work;
    const row = await kit.database.read(systemScope, (tx) => findThreshold(tx, id));
    if (row === undefined) throw new AppError('not_found', 'There is no such rule.');
    return { threshold: toThresholdView(row), at, ledgerId };
  }
  async function sourceAnswer<T extends SourceDone>(work: Promise<T>) {
    const { id, ...done } = await work;
    const row = await kit.database.read(systemScope, (tx) => findSourceById(tx, id));
    if (row === undefined) throw new AppError('not_found', 'There is no such alert source.');
    return { ...done, source: toSourceView(kit.publicUrl, row) };
  }
  return {
    alarms: ({ query }, { actor }) => listOf(kit, actor, query),
    board: (_input, { actor }) => readBoard(kit, actor),
    alarm: ({ params }, { actor }) => getAlarm(kit, actor, params.id),
    alarmReadings: ({ params, query }, { actor }) => readingsOf(kit, actor, params.id, query),
    acknowledge: ({ params, body }, { actor }) => alarmAnswer(actor, acknowledge(kit, actor, params.id, body)),
    async falseAlarm({ params, body }, { actor }) {
      const answer = await alarmAnswer(actor, falseAlarm(kit, actor, params.id, body));
      return { ...answer, eventStays: answer.alarm.event !== null || answer.alarm.eventWaiting };
    },
    clear: ({ params, body }, { actor }) => alarmAnswer(actor, clear(kit, actor, params.id, body)),
    raise: ({ params, body }, { actor }) => alarmAnswer(actor, raise(kit, actor, params.id, body)),
    link: ({ params, body }, { actor }) => alarmAnswer(actor, link(kit, actor, params.id, body)),
    mute: ({ params, body }, { actor }) => mute(kit, actor, params.id, body),
    testCall: ({ body }, { actor }) => alarmAnswer(actor, testCall(kit, actor, body)),
    thresholds: async ({ query: { deviceId, retired } }) => {
      const wanted = { ...(deviceId === undefined ? {} : { deviceId }), retired: retired ?? false };
      const rows = await kit.database.read(systemScope, (tx) => listThresholds(tx, wanted));
      return { items: rows.map(toThresholdView) };
    },
    createThreshold: ({ body }, { actor }) => thresholdAnswer(createThreshold(kit, actor, body)),
    editThreshold: ({ params, body }, { actor }) => thresholdAnswer(editThreshold(kit, actor, params.id, body)),
    retireThreshold: ({ params, body }, { actor }) => thresholdAnswer(retireThreshold(kit, actor, params.id, body)),
    sources: async () => {
      const rows = await kit.database.read(systemScope, listSources);
      return { items: rows.map((row) => toSourceView(kit.publicUrl, row)) };
    },
    createSource: ({ body }, { actor }) => sourceAnswer(createSource(kit, actor, body)),
    editSource: ({ params, body }, { actor }) => sourceAnswer(editSource(kit, actor, params.id, body)),
    rotateSource: ({ params, body }, { actor }) => sourceAnswer(rotateSource(kit, actor, params.id, body)),
    deadLetters: ({ query }, { actor }) => listDeadLetters(kit, actor, query),
    replayDeadLetter: ({ params, body }, { actor }) => replayDeadLetter(kit, actor, params.id, body),
    discardDeadLetter: ({ params, body }, { actor }) => discardDeadLetter(kit, actor, params.id, body),
  };
}
