import { createHash } from 'node:crypto';
import { classifierOf, type Classifier } from '#engine/text/classifier.ts';
import { readClassifier } from '#engine/text/model-file.ts';
import { blindScope } from '#server/db/scope.ts';
import type { TextParts } from './parts.ts';
import { modelBytes, servingModels, type ModelRow, type SuggestionKind } from './store-model.ts';

export interface ServingModel {
  row: ModelRow;
  classifier: Classifier;
}

/** The models that serve, in memory; another process may have learnt new ones. */
export interface Models {
  serving(): Promise<ReadonlyMap<SuggestionKind, ServingModel>>;
  /** After learning in this process. */
  refresh(): Promise<void>;
}

const askAgainMs = 60_000;

export function createModels({ database, clock }: Pick<TextParts, 'database' | 'clock'>): Models {
  let held = new Map<SuggestionKind, ServingModel>();
  let askedMs = -Infinity;
  let asking: Promise<void> | undefined;

  async function load(): Promise<void> {
    const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
    held = await database.read(blindScope, async (tx) => {
      const found = new Map<SuggestionKind, ServingModel>();
      for (const row of await servingModels(tx)) {
        const known = held.get(row.kind);
        const classifier =
          known?.row.id === row.id
            ? known.classifier
            : classifierOf(readClassifier(await modelBytes(tx, row.id), sha256));
        found.set(row.kind, { row, classifier });
      }
      return found;
    });
    askedMs = clock.now();
  }

  function refresh(): Promise<void> {
    asking ??= load().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  return {
    async serving() {
      if (Math.abs(clock.now() - askedMs) > askAgainMs) await refresh();
      return held;
    },
    refresh,
  };
}
