import type { EffectKind } from '#contract/warnings-words.ts';
import { systemScope } from '#server/db/scope.ts';
import { pushWarning } from './commands-receive.ts';
import { readKinds, seedEffects } from './dictionary.ts';
import { createHandlers, createSourceHandlers } from './handlers.ts';
import type { Received } from './intake.ts';
import { settleDue } from './jobs.ts';
import { openFeed, openWarning, type OpenDocument } from './open.ts';
import type { WarningsParts } from './parts.ts';
import { pollDue } from './poll.ts';
import { listActive, type ActiveWarning } from './store.ts';
import { listRunningOf, type RunningEffect } from './store-effect.ts';

export type { CountReached, FetchDocument } from './parts.ts';
export type { OpenDocument } from './open.ts';
export type { Received } from './intake.ts';
export type { RunningEffect } from './store-effect.ts';
export type Warnings = Awaited<ReturnType<typeof createWarnings>>;

/** The doors of the module that speak XML; server/http/warnings.ts hangs them up. */
export interface WarningDoors {
  /** @throws AppError bad_credentials before the body is read; bad_input afterwards */
  push(source: string, secret: string | null, readBody: () => Promise<Uint8Array>): Promise<Received>;
  document(file: string): Promise<OpenDocument>;
  feed(): Promise<OpenDocument>;
}

/** The whole module. Puts the first table of effects into a database that has none. */
export async function createWarnings(given: Omit<WarningsParts, 'kinds'>) {
  const parts: WarningsParts = { ...given, kinds: await readKinds() };
  await seedEffects(parts.database, parts.clock, parts.kinds);
  const doors: WarningDoors = {
    push: (source, secret, readBody) => pushWarning(parts, source, secret, readBody),
    document: (file) => openWarning(parts, file),
    feed: () => openFeed(parts),
  };
  return {
    handlers: createHandlers(parts),
    sourceHandlers: createSourceHandlers(parts),
    doors,
    /** For modules above: what warnings have switched on of one sort and not yet off, whoever asks. */
    listRunning: (effect: EffectKind): Promise<RunningEffect[]> =>
      parts.database.read(systemScope, (tx) => listRunningOf(tx, effect)),
    /** For modules above: warnings in force now, whoever asks. */
    listActive: (): Promise<ActiveWarning[]> => parts.database.read(systemScope, listActive),
    jobs: {
      /** Begins and ends what is due; how many messages were looked at. */
      settleDue: () => settleDue(parts),
      /** Fetches from every source whose turn it is. */
      pollDue: () => pollDue(parts),
    },
  };
}
