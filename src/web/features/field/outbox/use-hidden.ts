import { useEffect, useState } from 'react';
import type { Command, Hidden } from '#web/field/command.ts';
import { readHidden } from '#web/field/outbox.ts';
import type { Runner } from '#web/field/runner.ts';

/** Hook: what a command says, sealed or not. Null when it cannot be opened here, undefined while it is read. */
export function useHidden(runner: Runner, command: Command): Hidden | null | undefined {
  const [hidden, setHidden] = useState<Hidden | null>();
  useEffect(() => {
    let shown = true;
    readHidden(runner.locker, command).then(
      (found) => shown && setHidden(found),
      () => shown && setHidden(null),
    );
    return () => {
      shown = false;
    };
  }, [runner, command]);
  return hidden;
}
