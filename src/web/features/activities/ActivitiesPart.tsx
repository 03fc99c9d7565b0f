import type { StationHead } from '#web/app/station-slots.ts';
import { ActivityList } from './ActivityList.tsx';
import './activities.css';

/** The activities of one station, as a tab of its page. */
export function ActivitiesPart({ station }: { station: StationHead }) {
  return <ActivityList search={{ station: station.id }} />;
}
