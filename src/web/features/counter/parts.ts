import type { ComponentType } from 'react';
import type { StationHead, TabletPart } from '#web/app/station-slots.ts';
import type { Area } from '#web/i18n/area.ts';
import { counter } from '#web/i18n/counter.ts';
import type { IconName } from '#web/ui/icons/drawings.ts';
import { AidPart } from './aid/AidPart.tsx';
import { LogPart } from './log/LogPart.tsx';
import { RaisePart } from './record/RaisePart.tsx';
import { RecordPart } from './record/RecordPart.tsx';

/** A place of the counter's own; the key '' is where it opens. */
export interface CounterPart {
  key: string;
  title: Area<string>;
  icon: IconName;
  Part: ComponentType<{ station: StationHead }>;
  /** Reached from the tiles, not from the row of places. */
  inside?: boolean;
}

const titleOf = (key: 'record' | 'aid' | 'log' | 'raise'): Area<string> => ({
  zh: counter.zh[key],
  en: counter.en[key],
});

const before: readonly CounterPart[] = [
  { key: '', title: titleOf('record'), icon: 'plus', Part: RecordPart },
  { key: 'aid', title: titleOf('aid'), icon: 'heart', Part: AidPart },
];
const after: readonly CounterPart[] = [
  { key: 'log', title: titleOf('log'), icon: 'list', Part: LogPart },
  { key: 'raise', title: titleOf('raise'), icon: 'pen', Part: RaisePart, inside: true },
];

/** The counter's own places around those of other features. */
export function partsOf(others: readonly TabletPart[]): readonly (CounterPart | TabletPart)[] {
  return [...before, ...others, ...after];
}
