import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';

export interface SheetProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** Takes the whole height (maps). */
  tall?: boolean;
}

/** A dialog that rises from the bottom of a phone and stands in the middle of a desk. Escape closes; focus stays inside. */
export function Sheet({ title, onClose, children, tall = false }: SheetProps) {
  const t = useText(common);
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`sheet${tall ? ' sheet-tall' : ''}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className="sheet-head">
        <h2 id={id}>{title}</h2>
        <button type="button" className="icon-button" onClick={onClose} aria-label={t.close}>
          <Icon name="cross" />
        </button>
      </header>
      <div className="sheet-body">{children}</div>
    </dialog>
  );
}
