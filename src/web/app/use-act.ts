import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useRef } from 'react';
import { newOpId } from './op-id.ts';

export interface ActOptions<O> {
  /** What this act makes stale. */
  stale?: readonly QueryKey[];
  onDone?: (answer: O) => void;
}

/**
 * One act of an administrator. Each intention gets an operation id of its own: sending the same input again after a lost
 * answer repeats the id (the server answers as the first time), other input or a new act after success gets a new one.
 */
export function useAct<I, O>(run: (input: I, opId: string) => Promise<O>, options: ActOptions<O> = {}) {
  const client = useQueryClient();
  const intention = useRef<{ input: string; opId: string } | null>(null);
  return useMutation({
    mutationFn: (input: I) => {
      // Acts without input are one intention until they succeed.
      const text = JSON.stringify(input) ?? '';
      if (intention.current?.input !== text) intention.current = { input: text, opId: newOpId() };
      return run(input, intention.current.opId);
    },
    onSuccess: async (answer) => {
      intention.current = null;
      options.onDone?.(answer);
      await Promise.all((options.stale ?? []).map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
}
