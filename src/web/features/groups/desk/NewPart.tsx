import { useState, type ReactNode } from 'react';

/** A form that stays folded until it is wanted, and folds again when its work is done. */
export function NewPart({ label, children }: { label: string; children: (onDone: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="tool tool-framed" aria-expanded={open} onClick={() => setOpen(!open)}>
        {label}
      </button>
      {open && children(() => setOpen(false))}
    </>
  );
}
