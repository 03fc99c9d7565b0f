import type { ReactNode } from 'react';
import { Icon } from '#web/ui/icons/Icon.tsx';
import type { IconName } from '#web/ui/icons/drawings.ts';

export interface ButtonProps {
  children: ReactNode;
  onClick?: () => void;
  /** main: the one thing to do here; plain: an alternative; quiet: looks like words; danger: cannot be taken back. */
  kind?: 'main' | 'plain' | 'quiet' | 'danger';
  icon?: IconName;
  wide?: boolean;
  disabled?: boolean;
  /** Work is under way: not pressable, still focusable, announced. */
  busy?: boolean;
  type?: 'button' | 'submit';
  /** For switches: whether it is on. */
  pressed?: boolean;
}

export function Button({
  children,
  onClick,
  kind = 'plain',
  icon,
  wide = false,
  disabled = false,
  busy = false,
  type = 'button',
  pressed,
}: ButtonProps) {
  return (
    <button
      type={type}
      className={`button button-${kind}${wide ? ' button-wide' : ''}`}
      disabled={disabled}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      aria-pressed={pressed}
      onClick={busy ? undefined : onClick}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : icon !== undefined && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}
