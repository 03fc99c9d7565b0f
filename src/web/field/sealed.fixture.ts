import type { NewCommand } from './command.ts';
import type { InspectionTask, VisitTask } from './field-api.ts';
import { anna } from './outbox.fixture.ts';

/** Words that must not be found anywhere on the phone except sealed. */
export const canaries = [
  'Canary Chen',
  '13900001234',
  'stair two, eighth floor',
  'canary illness',
  'daughter of Canary',
] as const;
const [name, phone, door, health, contact] = canaries;

export const visitA = 'b0000000-0000-4000-8000-00000000000a';
export const pointA = 'c0000000-0000-4000-8000-00000000000a';

export const visitTask: VisitTask = {
  id: visitA,
  personId: 'b0000000-0000-4000-8000-0000000000ff',
  order: 1,
  name,
  phone,
  address: 'Health Road 7',
  addressDetail: door,
  contact,
  tags: ['elder_alone'],
  tier: 'high',
  lon: 106.55,
  lat: 29.55,
  reason: 'cycle',
  reasonWords: 'weekly',
  dueAt: '2026-06-03T10:00:00.000Z',
  lastVisit: null,
  state: 'due',
  rung: 0,
  nextTryAt: null,
  form: { living: 'alone', health, mobility: null, needs: [], helper: '', remark: '' },
  version: 3,
};

export const inspectionTask: InspectionTask = {
  id: pointA,
  pointId: 'c0000000-0000-4000-8000-0000000000ff',
  code: 'FX-0001',
  name: 'Old retaining wall',
  kind: 'slope',
  level: 2,
  lon: 106.55,
  lat: 29.55,
  placeWords: 'Below Health Road',
  reason: 'cycle',
  reasonWords: '',
  dueAt: '2026-06-03T10:00:00.000Z',
  late: false,
  version: 1,
  lastLook: null,
  checklist: [{ code: 'cracks', words: 'No cracks', wordsEn: 'Cracks', certain: true }],
};

/** A visit whose words and photo tell about the person. */
export function visited(photos: NewCommand['photos'] = []): NewCommand {
  return {
    account: anna,
    verb: 'visit_record',
    about: { kind: 'visit', id: visitA },
    eventId: null,
    title: name,
    seenStatus: null,
    seenVersion: 3,
    body: { method: 'home', outcome: 'changed', changes: { health }, note: `${contact} at home` },
    photos,
  };
}

/** Everything the database holds, keys as their descriptions, bytes as the text they would be. */
export async function everything(database: string): Promise<string> {
  const db = await new Promise<IDBDatabase>((done, failed) => {
    const opening = indexedDB.open(database);
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error ?? new Error('The database does not open.'));
  });
  const found: string[] = [];
  for (const part of db.objectStoreNames) {
    const rows = await new Promise<unknown[]>((done, failed) => {
      const asked = db.transaction(part).objectStore(part).getAll();
      asked.onsuccess = () => done(asked.result as unknown[]);
      asked.onerror = () => failed(asked.error ?? new Error('The store does not read.'));
    });
    for (const row of rows) found.push(`${part}: ${legible(row)}`);
  }
  db.close();
  return found.join('\n');
}

function legible(value: unknown): string {
  if (value instanceof ArrayBuffer) return new TextDecoder().decode(value);
  if (ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, inner]) => `${key}=${legible(inner)}`)
    .join(' ');
}
