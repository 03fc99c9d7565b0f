import { edgeFlag } from './network.ts';
import type { WalkProfile } from './profile.ts';

/**
 * A walker from a row of db/data/walk-profiles.csv, by the names of its columns. Who cannot use steps uses no ways marked as
 * closed to wheelchairs.
 * @throws RangeError naming the column, what was expected and found
 */
export function readProfile(row: Readonly<Record<string, string>>): WalkProfile {
  const number = (column: string, low: number, high: number): number => {
    const text = row[column] ?? '';
    const value = Number(text);
    if (text.trim() === '' || !(value >= low && value <= high))
      throw new RangeError(
        `Profile "${row['code'] ?? ''}": expected ${column} from ${low} to ${high}, found "${text}". Correct walk-profiles.csv.`,
      );
    return value;
  };
  const orNull = (column: string, low: number, high: number): number | null =>
    (row[column] ?? '').trim() === '' ? null : number(column, low, high);
  const [up, down] = [orNull('steps_up_s_per_m', 0, 120), orNull('steps_down_s_per_m', 0, 120)];
  return {
    flatMs: number('flat_mps', 0.2, 3),
    slopeShare: number('slope_share', 0, 3),
    climbSecondsPerM: up ?? 0,
    descentSecondsPerM: down ?? 0,
    escalatorMs: orNull('escalator_mps', 0.1, 3),
    liftSeconds: number('lift_wait_s', 0, 900),
    roughFactor: number('rough_factor', 1, 10),
    steepest: orNull('steepest', 0.01, 1),
    refuses: up === null || down === null ? edgeFlag.noWheelchair : 0,
  };
}
