import { useState } from 'react';
import type { StationHead } from '#web/app/station-slots.ts';
import { FiguresView } from './FiguresView.tsx';
import type { FiguresSearch } from './search.ts';

/** The figures of one station, as a tab of its page. */
export function FiguresPart({ station }: { station: StationHead }) {
  const [search, setSearch] = useState<FiguresSearch>({ period: 'month' });
  return <FiguresView search={{ ...search, station: station.id }} onChange={setSearch} fixed />;
}
