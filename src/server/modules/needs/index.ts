import type { NeedState } from '#contract/needs-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { setState } from './commands.ts';
import { readNeedWords } from './dictionary.ts';
import { makeNeedFile } from './export-file.ts';
import { needHandlers } from './handlers.ts';
import { hearBySystem, type Voice } from './hear.ts';
import type { NeedsParts } from './parts.ts';
import { tally } from './queries.ts';
import { listen, type NeedSources } from './sources.ts';
import { listNeeds, type NeedRow } from './store.ts';
import { surveyHandlers } from './survey.ts';

export type { Voice } from './hear.ts';
export type { NeedsParts } from './parts.ts';
export type { NeedTally } from './queries.ts';
export type { NeedSources } from './sources.ts';
export type { NeedRow } from './store.ts';
export type Needs = ReturnType<typeof createNeeds>;

/** Most needs that modules above are given at once. */
const mostNeeds = 2_000;

/** Needs: their routes, and what modules above ask of them. */
export function createNeeds(given: Omit<NeedsParts, 'words'>) {
  const parts: NeedsParts = { ...given, words: readNeedWords() };
  return {
    handlers: needHandlers(parts),
    publicHandlers: surveyHandlers(parts),
    /** 服务需求清单 of what the actor sees. */
    file: (actor: Actor, query: Parameters<typeof makeNeedFile>[2]) => makeNeedFile(parts, actor, query),
    /** Looks through polls, reports and wishes; how many voices were taken. */
    listen: (sources: NeedSources) => listen(parts, sources),
    queries: {
      /** As the scope of the transaction shows them, most people first. Without `states`: all but declined and merged. */
      listNeeds: (
        tx: Tx,
        { areaCode, classCode, states }: { areaCode?: string; classCode?: string; states?: readonly NeedState[] },
      ): Promise<NeedRow[]> => listNeeds(tx, { area: areaCode, class: classCode, states }, null, mostNeeds),
      /** Per class and group: needs, voices, people. */
      tally: (tx: Tx, wanted: { areaCode?: string; states?: readonly NeedState[] }) => tally(tx, wanted),
      /** In the caller's transaction, which must see the need. */
      setState: (
        tx: Tx,
        wish: { needId: string; state: 'open' | 'listed' | 'planned' | 'met'; reason: string },
        actor: Actor,
      ): Promise<void> => setState(parts, tx, wish, actor),
      /** What a class of facility is called; the code where nobody knows it. */
      nameOf: (classCode: string): string => parts.words.classes.get(classCode)?.name ?? classCode,
      /** In the caller's transaction, which must see everything: the voice joins a need or begins one. Answers the need. */
      hear: (tx: Tx, voice: Voice): Promise<string> => hearBySystem(parts, tx, voice),
    },
  };
}
