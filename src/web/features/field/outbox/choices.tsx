import { useState } from 'react';
import { goTo } from '#web/app/address.ts';
import type { Command } from '#web/field/command.ts';
import { useText } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { fieldPaths } from '../paths.ts';
import { useHolder } from '#web/field/use-field.ts';

/** The same once more, under the same opId. */
export function Again({ command }: { command: Command }) {
  const t = useText(field).conflict;
  const { runner } = useHolder();
  const [busy, setBusy] = useState(false);
  return (
    <Button
      wide
      icon="again"
      busy={busy}
      onClick={() => {
        setBusy(true);
        void runner.again(command).finally(() => setBusy(false));
      }}
    >
      {t.again}
    </Button>
  );
}

/** Gives it up, after asking. */
export function Drop({ command }: { command: Command }) {
  const t = useText(field).conflict;
  const { runner } = useHolder();
  const [sure, setSure] = useState(false);
  const drop = async (): Promise<void> => {
    await runner.drop(command);
    toast(t.dropped);
    goTo(fieldPaths.sent);
  };
  return (
    <>
      <Button kind="danger" wide onClick={() => setSure(true)}>
        {t.drop}
      </Button>
      {sure && (
        <Sheet title={t.drop} onClose={() => setSure(false)}>
          <div className="stack">
            <p>{t.dropSure}</p>
            <Button kind="danger" wide onClick={() => void drop()}>
              {t.dropYes}
            </Button>
            <Button wide onClick={() => setSure(false)}>
              {t.keep}
            </Button>
          </div>
        </Sheet>
      )}
    </>
  );
}
