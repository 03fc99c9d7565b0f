import type { ReactNode } from 'react';

interface FactProps {
  name: string;
  /** Said in place of an absent one; without it an absent one stays empty. */
  none?: string;
  children?: ReactNode;
}

/** One fact with its name, within a `dl`. */
export function Fact({ name, none, children }: FactProps) {
  const isAbsent = none !== undefined && (children === undefined || children === null || children === '');
  return (
    <div>
      <dt>{name}</dt>
      <dd>{isAbsent ? <span className="quiet">{none}</span> : children}</dd>
    </div>
  );
}
