import { useEffect, useState } from 'react';
import { useHolder } from '#web/field/use-field.ts';
import { useText } from '#web/i18n/area.ts';
import { counter } from '#web/i18n/counter.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { keepCorrection } from '../keep.ts';

/** How long a tap can be taken back without a reason. */
export const undoMs = 10_000;
const shownRows = 4;

export interface JustGiven {
  /** Of the record. */
  id: string;
  title: string;
  atMs: number;
}

/** Hook: what was tapped within the last seconds, newest first. */
export function useJustNow() {
  const [rows, setRows] = useState<readonly JustGiven[]>([]);
  useEffect(() => {
    const first = rows.at(-1);
    if (first === undefined) return;
    const timer = setTimeout(
      () => setRows((now) => now.filter(({ atMs }) => Date.now() - atMs < undoMs)),
      Math.max(0, first.atMs + undoMs - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [rows]);
  return {
    rows,
    add: (row: JustGiven) => setRows((now) => [row, ...now].slice(0, shownRows)),
    drop: (id: string) => setRows((now) => now.filter((row) => row.id !== id)),
  };
}

/** What was just recorded, each with its way back. It keeps its place when empty, so that the tiles never jump. */
export function JustNow({ rows, onUndone }: { rows: readonly JustGiven[]; onUndone: (id: string) => void }) {
  const t = useText(counter);
  const holder = useHolder();
  const undo = async ({ id, title }: JustGiven): Promise<void> => {
    onUndone(id);
    await keepCorrection(holder, { recordId: id, title: t.undoOf(title), reason: 'undo' });
    toast(t.undone(title));
  };
  return (
    <section className="counter-just" aria-label={t.justNow} aria-live="polite">
      {rows.length === 0 && <p className="hint">{t.justNone}</p>}
      {rows.map((row) => (
        <div key={row.id} className="counter-just-row" data-record={row.id}>
          <Icon name="check" />
          <strong>{row.title}</strong>
          <Button icon="back" onClick={() => void undo(row)}>
            {t.undo}
          </Button>
        </div>
      ))}
    </section>
  );
}
