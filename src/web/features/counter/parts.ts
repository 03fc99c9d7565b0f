import type { ComponentType } from 'react';
import type { StationHead, TabletPart } from '#web/app/station-slots.ts';
import type { Area } from '#web/i18n/area.ts';
import { counter } from '#web/i18n/counter.ts';
import type { IconName } from '#web/ui/icons/drawings.ts';
import { RecordPart } from './record/RecordPart.tsx';

/** A place of the counter's own; the key '' is where it opens. */
export interface CounterPart {
  key: string;
  title: Area<string>;
  icon: IconName;
  Part: ComponentType<{ station: StationHead }>;
}

const titleOf = (key: 'record'): Area<string> => ({ zh: counter.zh[key], en: counter.en[key] });

const first: CounterPart = { key: '', title: titleOf('record'), icon: 'plus', Part: RecordPart };

/** The counter's own places around those of other features. */
export function partsOf(others: readonly TabletPart[]): readonly (CounterPart | TabletPart)[] {
  return [first, ...others];
}
