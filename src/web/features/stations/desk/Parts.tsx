import type { ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { stations } from '#web/i18n/stations.ts';
import { Fact as PlainFact } from '#web/ui/Fact.tsx';
import { FormFrame as PlainFrame, type FormFrameProps } from '#web/ui/FormFrame.tsx';

/** A form about a station above the page, which saves. */
export function FormFrame(props: Omit<FormFrameProps, 'send' | 'area' | 'noValidate'>) {
  return <PlainFrame {...props} send={useText(stations).facts.save} area="stations-form" noValidate />;
}

/** One fact with its name; an absent one is said to be so. */
export function Fact(props: { name: string; children?: ReactNode }) {
  return <PlainFact {...props} none={useText(stations).facts.none} />;
}
