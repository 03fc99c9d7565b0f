import { useEffect, useRef, useState } from 'react';
import { store } from '#web/field/field-app.ts';
import { dropDraft, readDraft, saveDraft } from '#web/field/sealed-draft.ts';
import type { HeldPhoto } from '../parts/Camera.tsx';
import { useHolder } from '#web/field/use-field.ts';

/**
 * A form about a task of the day that survives the page being put away (phones often end it while the camera is open),
 * sealed meanwhile. Null until the store was asked. `forget` also stops further keeping.
 */
export function useSealedDraft<T extends { photos: HeldPhoto[] }>(
  taskId: string,
  empty: () => T,
): { value: T | null; set: (part: Partial<T>) => void; forget: () => Promise<void> } {
  const { account, runner } = useHolder();
  const [value, setValue] = useState<T | null>(null);
  const touched = useRef(false);
  const over = useRef(false);
  const parts = useRef({ store, locker: runner.locker, account: account.id });
  useEffect(() => {
    let shown = true;
    const reading = runner.locker.able ? readDraft<T>(parts.current, taskId) : Promise.resolve(undefined);
    reading.then(
      (kept) => shown && setValue((before) => before ?? { ...empty(), ...kept }),
      () => shown && setValue((before) => before ?? empty()),
    );
    return () => {
      shown = false;
    };
    // `empty` is made anew on each render; the task says when it means something else.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [taskId]);
  useEffect(() => {
    if (value === null || over.current || !touched.current || !runner.locker.able) return;
    const save = (): void => void saveDraft(parts.current, taskId, value, Date.now()).catch(() => undefined);
    const timer = setTimeout(save, 250);
    return () => clearTimeout(timer);
  }, [taskId, value, runner]);
  return {
    value,
    set: (part) => {
      touched.current = true;
      setValue((before) => ({ ...(before ?? empty()), ...part }));
    },
    forget: async () => {
      over.current = true;
      await dropDraft(store, taskId);
    },
  };
}
