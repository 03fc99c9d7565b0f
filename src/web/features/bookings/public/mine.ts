/** Bookings made on this device: where they are and when, never for which number. Storage may be refused: then nothing is kept. */
export interface MineRow {
  path: string;
  title: string;
  code: string;
  startsAt: string;
}

const key = 'huangge.bookings';
/** Bookings whose time is over for so long are no longer offered, milliseconds. */
const shownAfter = 30 * 86_400_000;

export function readMine(nowMs: number): MineRow[] {
  try {
    const rows = JSON.parse(localStorage.getItem(key) ?? '[]') as MineRow[];
    return rows.filter(({ startsAt }) => Date.parse(startsAt) > nowMs - shownAfter);
  } catch {
    return [];
  }
}

export function keepMine(row: MineRow): void {
  try {
    const others = readMine(Date.now()).filter(({ path }) => path !== row.path);
    localStorage.setItem(key, JSON.stringify([row, ...others].slice(0, 12)));
  } catch {
    // The page behind the link says that it should be kept.
  }
}

export function dropMine(path: string): void {
  try {
    localStorage.setItem(key, JSON.stringify(readMine(Date.now()).filter((row) => row.path !== path)));
  } catch {
    // Nothing was kept.
  }
}
