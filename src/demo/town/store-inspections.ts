/** Writes the made looks: rows, what the points know of them, photos, and the lines of the ledger. */
import { sql } from 'kysely';
import { codePath } from '#engine/territory/area-code.ts';
import type { Rng } from '#kit/random.ts';
import type { Tx } from '#server/db/pool.ts';
import type { FileStore } from '#server/files/file-store.ts';
import type { LedgerLine } from '#server/modules/ledger/index.ts';
import { insertMany } from '../bulk.ts';
import { storeLines } from '../history/store-history.ts';
import { seededId } from '../ids.ts';
import { drawScene, sceneOf } from '../photos/scenes.ts';
import { keepPicture, pictureColumns, pictureRow, type Picture } from '../photos/store-photos.ts';
import type { DemoLook, Inspected } from './make-inspections.ts';

const iso = (ms: number) => new Date(ms).toISOString();
const districtOf = ({ risk }: Inspected): string => codePath(risk.areaCode)[1] ?? '';

/** Scene of src/demo/photos that shows a kind. */
const scenes: Readonly<Record<string, string>> = {
  fire: 'stacking',
  charging: 'cable',
  gas: 'property',
  cable_well: 'manhole',
  flood: 'drain',
  building: 'property',
};

export type LookPictures = ReadonlyMap<string, Picture>;
const pictureOf = (kind: string, picture: 'before' | 'after') => `${sceneOf(scenes[kind] ?? '')} ${picture}`;

/** Draws what the photos show, each once. */
export async function drawLooks(files: FileStore, inspected: readonly Inspected[]): Promise<LookPictures> {
  const pictures = new Map<string, Picture>();
  for (const { risk, looks } of inspected) {
    for (const { picture } of looks) {
      if (picture === null || pictures.has(pictureOf(risk.kind, picture))) continue;
      const svg = drawScene(sceneOf(scenes[risk.kind] ?? ''), picture);
      pictures.set(pictureOf(risk.kind, picture), await keepPicture(files, svg));
    }
  }
  return pictures;
}

export async function storeInspections(
  tx: Tx,
  rng: Rng,
  inspected: readonly Inspected[],
  pictures: LookPictures,
): Promise<void> {
  await storeTasks(tx, inspected);
  await storeLooks(tx, inspected);
  await storePoints(tx, inspected);
  await storePictures(tx, rng, inspected, pictures);
  await storeLines(
    tx,
    rng,
    inspected.flatMap((one) => one.looks.map((look) => lineOf(one, look))),
  );
}

const each = <T>(inspected: readonly Inspected[], row: (one: Inspected, look: DemoLook) => T): T[] =>
  inspected.flatMap((one) => one.looks.map((look) => row(one, look)));

async function storeTasks(tx: Tx, inspected: readonly Inspected[]): Promise<void> {
  const columns = {
    id: 'uuid',
    point_id: 'uuid',
    district: 'text',
    reason: 'text',
    assignee_id: 'uuid',
    due_at: 'timestamptz',
    state: 'text',
    created_at: 'timestamptz',
    ended_at: 'timestamptz',
  };
  const rows = each(inspected, (one, { taskId, atMs, dueMs, result }) => ({
    id: taskId,
    point_id: one.risk.id,
    district: districtOf(one),
    reason: 'cycle',
    assignee_id: one.risk.responsibleId,
    due_at: iso(dueMs),
    state: result === 'not_reachable' ? 'withdrawn' : 'done',
    created_at: iso(Math.min(dueMs, atMs) - 3_600_000),
    ended_at: iso(atMs),
  }));
  await insertMany(tx, 'inspection_task', columns, rows);
}

async function storeLooks(tx: Tx, inspected: readonly Inspected[]): Promise<void> {
  const columns = {
    id: 'uuid',
    point_id: 'uuid',
    task_id: 'uuid',
    district: 'text',
    at: 'timestamptz',
    recorded_at: 'timestamptz',
    account_id: 'uuid',
    result: 'text',
    answers: 'jsonb',
    note: 'text',
    event_id: 'uuid',
  };
  const rows = each(inspected, (one, look) => ({
    id: look.id,
    point_id: one.risk.id,
    task_id: look.taskId,
    district: districtOf(one),
    at: iso(look.atMs),
    recorded_at: iso(look.atMs),
    account_id: one.risk.responsibleId,
    result: look.result,
    answers: JSON.stringify(look.answers),
    note: look.note,
    event_id: look.event?.id ?? null,
  }));
  await insertMany(tx, 'inspection', columns, rows);
}

async function storePoints(tx: Tx, inspected: readonly Inspected[]): Promise<void> {
  const rows = inspected.map(({ risk, last, dueMs }) => ({
    id: risk.id,
    at: last === null ? null : iso(last.atMs),
    result: last?.result ?? null,
    due: iso(dueMs),
  }));
  await sql`update risk_point p set last_look_at = r.at, last_look_result = r.result, look_due_at = r.due
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, at timestamptz, result text, due timestamptz)
    where p.id = r.id`.execute(tx.db);
}

async function storePictures(tx: Tx, rng: Rng, inspected: readonly Inspected[], pictures: LookPictures): Promise<void> {
  const columns = {
    id: 'uuid',
    subject_type: 'text',
    subject_id: 'uuid',
    ...pictureColumns,
    uploaded_by: 'uuid',
    created_at: 'timestamptz',
  };
  const rows = each(inspected, ({ risk }, look) => {
    const shown = look.picture === null ? undefined : pictures.get(pictureOf(risk.kind, look.picture));
    if (shown === undefined) return [];
    return [
      {
        id: seededId(rng, look.atMs, 2),
        subject_type: 'inspection',
        subject_id: look.id,
        ...pictureRow('evidence', shown),
        uploaded_by: risk.responsibleId,
        created_at: iso(look.atMs),
      },
    ];
  }).flat();
  await insertMany(tx, 'attachment', columns, rows);
}

function lineOf(one: Inspected, look: DemoLook): LedgerLine {
  const { risk } = one;
  return {
    actor: { kind: 'account', accountId: risk.responsibleId },
    action: 'inspection.record',
    subject: { type: 'inspection', id: look.id },
    district: districtOf(one),
    atMs: look.atMs,
    data: {
      pointId: risk.id,
      code: risk.code,
      areaCode: risk.areaCode,
      taskId: look.taskId,
      result: look.result,
      notOk: look.answers.filter(({ ok }) => !ok).map(({ code }) => code),
      photos: look.picture === null ? 0 : 1,
      eventId: look.event?.id ?? null,
    },
    words: { note: look.note },
    audience: [
      ...codePath(risk.areaCode).map((code) => `a:${code}`),
      ...(risk.unitId === null ? [] : [`u:${risk.unitId}`]),
    ],
  };
}
