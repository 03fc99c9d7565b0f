import { useRef, useState } from 'react';
import { newOpId } from './op-id.ts';

/**
 * Hook: one intention at a time; a lost answer is sent again under the same id, another wish gets a new one. `send` gives
 * the answer, or undefined where it failed: then `error` says why. `busy` is the key of what is under way, or ''.
 */
export function useSend(onDone?: () => void) {
  const [busy, setBusy] = useState('');
  const [error, setError] = useState<unknown>();
  const kept = useRef<{ key: string; opId: string } | null>(null);
  const send = async <T>(key: string, work: (opId: string) => Promise<T>): Promise<T | undefined> => {
    const opId = kept.current?.key === key ? kept.current.opId : newOpId();
    kept.current = { key, opId };
    setBusy(key);
    setError(undefined);
    try {
      const answer = await work(opId);
      kept.current = null;
      onDone?.();
      return answer;
    } catch (failure) {
      setError(failure);
      return undefined;
    } finally {
      setBusy('');
    }
  };
  return { busy, error, send };
}
