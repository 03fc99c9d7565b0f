import type { ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { inspections } from '#web/i18n/inspections.ts';
import { OpenGroup } from '#web/map/OpenGroup.tsx';
import type { RiskMark } from './queries.ts';

interface GroupProps {
  members: readonly RiskMark[];
  onClose: () => void;
  /** One row: a button or a link. */
  children: (point: RiskMark) => ReactNode;
}

/** A group of the map opened as a list: gravest first. */
export function RiskGroup({ members, onClose, children }: GroupProps) {
  const t = useText(inspections);
  return (
    <OpenGroup area="ground" title={t.cluster(formatNumber(members.length))} onClose={onClose}>
      {members.map((point) => (
        <li key={point.id}>{children(point)}</li>
      ))}
    </OpenGroup>
  );
}
