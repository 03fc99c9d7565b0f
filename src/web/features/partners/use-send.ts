import { useState } from 'react';
import { newOpId } from '#web/app/op-id.ts';

/** One intention at a time: a lost answer is sent again under the same id. */
export function useSend(onDone: () => void) {
  const [busy, setBusy] = useState('');
  const [error, setError] = useState<unknown>();
  const [kept, setKept] = useState<{ key: string; opId: string } | null>(null);
  const send = async (key: string, work: (opId: string) => Promise<unknown>): Promise<void> => {
    const opId = kept?.key === key ? kept.opId : newOpId();
    setKept({ key, opId });
    setBusy(key);
    setError(undefined);
    try {
      await work(opId);
      setKept(null);
      onDone();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy('');
    }
  };
  return { busy, error, send };
}
