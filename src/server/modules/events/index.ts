import type { CoverageWarning } from '#engine/worktime/coverage.ts';
import type { EventStatus } from '#contract/events-words.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { Companion, EventsDeps, Kit } from './act.ts';
import { joinCall, joinReport, reportEvent, type JoinedCall, type JoinedReport } from './commands-report.ts';
import { createDictionary, type Dictionary } from './dictionary.ts';
import { eventHandlers } from './handlers.ts';
import { featuresOf, type EventFeatures } from './features.ts';
import { jointOf, type Joint } from './joint.ts';
import { checkCalendar, forgetUnclaimed, ringClocks } from './jobs.ts';
import { libraryHandlers } from './library-handlers.ts';
import { openData, type OpenData } from './open-data.ts';
import { rehearsalHandlers } from './rehearsal-handlers.ts';
import { createRehearsalRunner, type RehearsalRunner } from './rehearsal-runner.ts';
import { photoRegister, type Photos } from './photos.ts';
import type { ReportBody } from './report-prepare.ts';
import type { ReportResult } from './report-send.ts';
import { eventTexts, type EventTexts } from './event-texts.ts';
import { publicHandlers } from './public-handlers.ts';
import { standsAt } from './store-stands.ts';

export { seedDictionaries } from './seed.ts';
export { listSaid } from './store-said.ts';
export type { EventFeature, EventFeatures, EventSign, FeatureWish } from './features.ts';
export type { OpenData, OpenEvent, OpenFilter, OpenStep } from './open-data.ts';
export type { Category } from './library.ts';
export type { EventTexts } from './event-texts.ts';
export type { EventDecision, EventText } from './store-texts.ts';
export type { CaseRows } from './case-rows.ts';
export type { Joint } from './joint.ts';
export type { Companion, EventsDeps } from './act.ts';
export type { Photos, StoredPhoto } from './photos.ts';
export type { ReportBody } from './report-prepare.ts';
export type { ReportResult } from './report-send.ts';

export interface Events {
  handlers: ReturnType<typeof eventHandlers>;
  publicHandlers: ReturnType<typeof publicHandlers>;
  libraryHandlers: ReturnType<typeof libraryHandlers>;
  rehearsalHandlers: ReturnType<typeof rehearsalHandlers>;
  /** Rehearsals of rules under way: begun again after a restart, ended before the database closes. */
  rehearsals: Pick<RehearsalRunner, 'resume' | 'idle' | 'close'>;
  photos: Photos;
  dictionary: Dictionary;
  /** What may be published of events, and how other programs bring them in (Open311). */
  openData: OpenData;
  /** Events as things on a map, without a word of anybody's (OGC API – Features, tiles). */
  features: EventFeatures;
  /** What a room around an event may ask of it. */
  joint: Joint;
  /** What is read out of what people write. */
  texts: EventTexts;
  /** The one way in for modules above (sensors, Open311, hotline import): same rules, same ledger line. */
  report(actor: Actor, body: ReportBody): Promise<ReportResult>;
  /** The same as part of an act of a module above, in its transaction (systemScope); its opId guards both. See commands-report.ts. */
  joinReport(actor: Actor, body: ReportBody): Promise<(tx: Tx) => Promise<JoinedReport>>;
  /** A call to an emergency number about an event, as part of another module's act and its ledger line. Answers its id. */
  joinCall(tx: Tx, call: JoinedCall): Promise<string>;
  /** Where these events stand; a merged one stands where its root does. For modules above that follow events they made. */
  standsAt(ids: readonly string[]): Promise<ReadonlyMap<string, EventStatus>>;
  /** A module above acts from now on within the commands' transactions; there is one such module. */
  accompany(companion: Companion): void;
  jobs: {
    /** Every few seconds: the escalation ladder. Answers how many rungs were rung. */
    ringClocks(limit?: number): Promise<number>;
    /** Daily: undefined while the working calendar reaches far enough. */
    checkCalendar(daysAhead?: number): Promise<CoverageWarning | undefined>;
    /** Hourly: forgets uploads nobody attached within a day; the caller removes the files. */
    forgetUnclaimed(limit?: number): Promise<{ removed: number; storageKeys: string[] }>;
  };
}

/** Builds the module. The dictionaries must be seeded (seedDictionaries) before the first report. */
export function createEvents(deps: EventsDeps): Events {
  const kit: Kit = { ...deps, dictionary: createDictionary(deps.database, deps.clock) };
  const rehearsals = createRehearsalRunner(kit);
  return {
    handlers: eventHandlers(kit),
    publicHandlers: publicHandlers(kit),
    libraryHandlers: libraryHandlers(kit),
    rehearsalHandlers: rehearsalHandlers({ kit, runner: rehearsals }),
    rehearsals,
    photos: photoRegister(kit),
    dictionary: kit.dictionary,
    openData: openData(kit),
    features: featuresOf(kit),
    joint: jointOf(kit),
    texts: eventTexts(kit),
    report: (actor, body) => reportEvent(kit, actor, body),
    joinReport: (actor, body) => joinReport(kit, actor, body),
    joinCall: (tx, call) => joinCall(tx, call, deps.clock.now()),
    standsAt: (ids) => standsAt(kit.database, ids),
    accompany(companion) {
      kit.companion = companion;
    },
    jobs: {
      ringClocks: (limit) => ringClocks(kit, limit),
      checkCalendar: (daysAhead) => checkCalendar(kit, daysAhead),
      forgetUnclaimed: (limit) => forgetUnclaimed(kit, limit),
    },
  };
}
