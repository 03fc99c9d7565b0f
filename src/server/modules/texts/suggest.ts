import { suggestionKinds } from '#contract/texts.ts';
import type { Explanation } from '#engine/text/classifier.ts';
import type { Models, ServingModel } from './models.ts';
import type { ModelRow, SuggestionKind } from './store-model.ts';

export interface Suggested {
  kind: SuggestionKind;
  code: string;
  /** 0 to 1, calibrated. */
  probability: number;
  reasons: { word: string; for: boolean; spans: { field: 'title' | 'text'; from: number; to: number }[] }[];
  model: ModelRow;
}

const shownReasons = 5;

/** What the models are sure of; a kind they are not sure of, or have not learnt, is left out. */
export async function suggest(models: Models, message: { title: string; text: string }): Promise<Suggested[]> {
  const serving = await models.serving();
  return suggestionKinds.flatMap((kind) => {
    const model = serving.get(kind);
    return model === undefined ? [] : suggestOne(kind, model, message);
  });
}

function suggestOne(
  kind: SuggestionKind,
  { row, classifier }: ServingModel,
  message: { title: string; text: string },
): Suggested[] {
  const { ranked, sure } = classifier.classify(message);
  const first = ranked[0];
  if (!sure || first === undefined) return [];
  const reasons = strongest(classifier.explain(message, first.label));
  return [{ kind, code: first.label, probability: Math.min(1, Math.max(0, first.probability)), reasons, model: row }];
}

/** The words that spoke for it; parts of longer words that say the same are left out. */
function strongest({ reasons }: Explanation): Suggested['reasons'] {
  const kept: Suggested['reasons'] = [];
  for (const { word, weight, spans } of reasons) {
    if (kept.length >= shownReasons) break;
    if (weight <= 0 || word.trim().length < 2 || kept.some((one) => one.word.includes(word) || word.includes(one.word)))
      continue;
    kept.push({ word, for: true, spans: spans.map(({ field, from, to }) => ({ field, from, to })) });
  }
  return kept;
}
