import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { createAlike } from './alike.ts';
import { textRules } from './dictionary.ts';
import { createGazetteer } from './gazetteer.ts';
import { textHandlers } from './handlers.ts';
import { learn } from './learn.ts';
import { namesOf } from './names.ts';
import { createModels } from './models.ts';
import type { TextParts } from './parts.ts';
import { suggestionFigures } from './queries.ts';
import { retellIssues } from './retell.ts';
import { settleSuggestions } from './settle.ts';
import { eventsOf, findIssue, hasIssues, listIssues, type IssueRow } from './store-issue.ts';
import { suggest, type Suggested } from './suggest.ts';

export type { TextParts } from './parts.ts';
export type { IssueRow } from './store-issue.ts';
export type { Suggested } from './suggest.ts';

export interface Texts {
  handlers: ReturnType<typeof textHandlers>;
  queries: {
    /** Standing hot issues of an area that were told of in the last `days`, hottest first, within the transaction's scope. */
    hotIssues(tx: Tx, wish: { path: string; days: number; limit?: number }): Promise<IssueRow[]>;
    /** A standing hot issue with its events, within the transaction's scope; undefined when there is none, or it is gone. */
    hotIssue(tx: Tx, id: string): Promise<(IssueRow & { eventIds: string[] }) | undefined>;
    /** What became of suggestions shown in [from, to), and the models of late. */
    suggestionFigures(tx: Tx, span: { from: Date; to: Date }): ReturnType<typeof suggestionFigures>;
  };
  /** What the models are sure of; nothing is written down. */
  suggest(message: { title: string; text: string }): Promise<Suggested[]>;
  /** Begins to read all events into the index of like ones. */
  start(): void;
  jobs: {
    /** Nightly. */
    learn(): Promise<number>;
    /** Learns a little when no model serves: after the first start, so that nobody waits for the night. */
    learnFirst(): Promise<number>;
    /** Whether hot issues were never looked for. */
    isNew(): Promise<boolean>;
    retell(): Promise<number>;
    /** Every few seconds. */
    settle(): Promise<number>;
    follow(): Promise<void>;
  };
  /** The index is complete; for tests and demos. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export function createTexts(parts: TextParts): Texts {
  const models = createModels(parts);
  const alike = createAlike(parts);
  const gazetteer = createGazetteer(parts);
  const program = { kind: 'system', accountId: null } as const;
  const learnNow = async (most?: number): Promise<number> => {
    const made = await learn(parts, program, most);
    await models.refresh();
    return made.length;
  };
  return {
    handlers: textHandlers(parts, { models, alike, gazetteer }),
    queries: {
      hotIssues: async (tx, { path, days, limit = 50 }) => {
        const since = new Date(parts.clock.now() - days * 86_400_000);
        return (await listIssues(tx, { area: path, categories: undefined, since, limit })).rows;
      },
      hotIssue: async (tx, id) => {
        const row = await findIssue(tx, id);
        return row === undefined || row.goneAt !== null ? undefined : { ...row, eventIds: await eventsOf(tx, id) };
      },
      suggestionFigures: async (tx, span) => suggestionFigures(tx, span, await namesOf(parts)),
    },
    suggest: (message) => suggest(models, message),
    start: () => alike.start(),
    jobs: {
      learn: () => learnNow(),
      learnFirst: async () => ((await models.serving()).size > 0 ? 0 : learnNow(textRules().learn_first)),
      isNew: () => parts.database.read(systemScope, async (tx) => !(await hasIssues(tx))),
      retell: () => retellIssues(parts),
      settle: () => settleSuggestions(parts),
      follow: () => alike.follow(),
    },
    ready: () => alike.ready(),
    stop: () => alike.stop(),
  };
}
