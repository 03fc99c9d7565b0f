import { areaKeys, type TerritoryProblem } from '../shared/queries.ts';
import { useAct } from '../shared/use-act.ts';
import { placesOf } from './tool-refusal.ts';
import type { Editor } from './use-editor.ts';

/** An act on outlines: refused places go to the map and its table, warnings too; success ends the tool. */
export function useOutlineAct<I extends { dryRun: boolean }, O extends { warnings: readonly TerritoryProblem[] }>(
  editor: Editor,
  run: (input: I, opId: string) => Promise<O>,
) {
  const act = useAct(
    async (input: I, opId) => {
      editor.show([]);
      try {
        const answer = await run(input, opId);
        return { ...answer, dryRun: input.dryRun };
      } catch (error) {
        editor.show(placesOf(error));
        throw error;
      }
    },
    {
      stale: [areaKeys.outlines, areaKeys.areas],
      onDone: ({ warnings, dryRun }) => {
        if (!dryRun) editor.begin('look');
        editor.show(warnings);
      },
    },
  );
  return act;
}
