/** Writes a made history: the same rows and ledger lines as if it had been lived, a few thousand to a statement. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Rng } from '#kit/random.ts';
import type { Tx } from '#server/db/pool.ts';
import type { EventRow } from '#server/modules/events/case-rows.ts';
import { saveClocks, saveTasks } from '#server/modules/events/store-case.ts';
import { ledgerTenant, privateDigest } from '#server/modules/ledger/append.ts';
import type { LedgerLine } from '#server/modules/ledger/index.ts';
import { toJsonText, toPlainJson } from '#server/modules/ledger/plain-json.ts';
import { digestSecret, type Vault } from '#server/vault/vault.ts';
import { insertMany } from '../bulk.ts';
import { seededId } from '../ids.ts';
import { pictureColumns, pictureKey, pictureRow, type Pictures } from '../photos/store-photos.ts';
import type { MemoryCase } from './perform.ts';

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

export interface StoreParts {
  tx: Tx;
  vault: Vault;
  rng: Rng;
  /** What photos show; without them none are kept. */
  pictures: Pictures | undefined;
}

export async function storeHistory(
  { tx, vault, rng, pictures }: StoreParts,
  cases: readonly MemoryCase[],
): Promise<void> {
  // Merged events point at others: those first.
  const roots = cases.filter(({ rows }) => rows.event.mergedInto === null);
  const merged = cases.filter(({ rows }) => rows.event.mergedInto !== null);
  await storeEvents(
    tx,
    [...roots, ...merged].map((live) => ({ ...live.rows.event, updatedMs: live.lastMs })),
  );
  await sql`select max(nextval('event_number_seq')) from generate_series(1, ${cases.length}::int)`.execute(tx.db);
  for (const part of chunks(cases, 1_000)) {
    await saveTasks(
      tx,
      part.flatMap(({ rows }) => rows.tasks),
    );
    await saveClocks(
      tx,
      part.flatMap(({ rows, stopped }) => [...stopped, ...rows.clocks]),
    );
  }
  await storeReporters(tx, vault, cases);
  await storeSmall(tx, cases);
  if (pictures !== undefined) await storeAttachments(tx, rng, pictures, cases);
  await storeLines(
    tx,
    rng,
    cases.flatMap(({ lines }) => lines),
  );
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, k) => items.slice(k * size, (k + 1) * size));
}

const eventTypes = {
  id: 'uuid',
  number: 'text',
  title: 'text',
  description: 'text',
  category_code: 'text',
  rule_version: 'int',
  priority: 'smallint',
  channel: 'text',
  status: 'text',
  tier: 'text',
  owner_unit_id: 'uuid',
  city: 'text',
  district: 'text',
  street: 'text',
  community: 'text',
  grid: 'text',
  lon: 'float8',
  lat: 'float8',
  place_words: 'text',
  outside: 'boolean',
  verified_at: 'timestamptz',
  reported_at: 'timestamptz',
  filed_at: 'timestamptz',
  dispatched_at: 'timestamptz',
  finished_at: 'timestamptz',
  closed_at: 'timestamptz',
  ended_at: 'timestamptz',
  reopened_at: 'timestamptz',
  due_at: 'timestamptz',
  returns: 'smallint',
  reworks: 'smallint',
  reopens: 'smallint',
  urges: 'smallint',
  supervised: 'boolean',
  late: 'boolean',
  report_count: 'smallint',
  rating: 'smallint',
  merged_into: 'uuid',
  status_before: 'text',
  review_at: 'timestamptz',
  close_kind: 'text',
  no_evidence_reason: 'text',
  version: 'int',
  updated_at: 'timestamptz',
} as const;

async function storeEvents(tx: Tx, events: readonly (EventRow & { updatedMs: number })[]): Promise<void> {
  await insertMany(
    tx,
    'event',
    eventTypes,
    events.map((e) => ({
      ...e,
      category_code: e.categoryCode,
      rule_version: e.ruleVersion,
      owner_unit_id: e.ownerUnitId,
      place_words: e.placeWords,
      verified_at: iso(e.verifiedMs),
      reported_at: iso(e.reportedMs),
      filed_at: iso(e.filedMs),
      dispatched_at: iso(e.dispatchedMs),
      finished_at: iso(e.finishedMs),
      closed_at: iso(e.closedMs),
      ended_at: iso(e.endedMs),
      reopened_at: iso(e.reopenedMs),
      due_at: iso(e.dueMs),
      report_count: e.reportCount,
      merged_into: e.mergedInto,
      status_before: e.statusBefore,
      review_at: iso(e.reviewMs),
      close_kind: e.closeKind,
      no_evidence_reason: e.noEvidenceReason,
      updated_at: iso(e.updatedMs),
    })),
  );
}

async function storeReporters(tx: Tx, vault: Vault, cases: readonly MemoryCase[]): Promise<void> {
  await insertMany(
    tx,
    'event_reporter',
    {
      id: 'uuid',
      event_id: 'uuid',
      original_event_id: 'uuid',
      kind: 'text',
      account_id: 'uuid',
      unit_id: 'uuid',
      phone: 'bytea',
      secret_hash: 'bytea',
      joined: 'boolean',
      words: 'text',
      source_ref: 'text',
      created_at: 'timestamptz',
      rating: 'smallint',
      rating_words: 'text',
      rated_at: 'timestamptz',
    },
    cases.flatMap(({ reporters }) =>
      reporters.map((r) => ({
        ...r,
        event_id: r.eventId,
        original_event_id: r.originalEventId,
        account_id: r.accountId,
        unit_id: r.unitId,
        phone: r.phone === null ? null : vault.seal(r.phone, 'event_reporter.phone'),
        secret_hash: digestSecret(vault.deriveSecret(r.id, 'receipt')),
        source_ref: r.sourceRef,
        created_at: iso(r.createdMs),
        rating_words: r.ratingWords,
        rated_at: iso(r.ratedMs),
      })),
    ),
  );
}

async function storeSmall(tx: Tx, cases: readonly MemoryCase[]): Promise<void> {
  await insertMany(
    tx,
    'event_hand',
    { event_id: 'uuid', account_id: 'uuid' },
    cases.flatMap(({ rows }) =>
      [...new Set(rows.hands)].map((hand) => ({ event_id: rows.event.id, account_id: hand })),
    ),
  );
  await insertMany(
    tx,
    'extension',
    {
      id: 'uuid',
      event_id: 'uuid',
      task_id: 'uuid',
      amount: 'float8',
      kind: 'text',
      reason: 'text',
      status: 'text',
      asked_by: 'uuid',
      asked_at: 'timestamptz',
      decided_by: 'uuid',
      decided_at: 'timestamptz',
      decision_reason: 'text',
    },
    cases.flatMap(({ rows, extensions }) =>
      extensions.map((e) => ({
        ...e,
        event_id: rows.event.id,
        task_id: e.taskId,
        status: e.decidedMs === null ? 'asked' : 'granted',
        asked_by: e.askedBy,
        asked_at: iso(e.askedMs),
        decided_by: e.decidedBy,
        decided_at: iso(e.decidedMs),
        decision_reason: e.decidedMs === null ? null : e.note,
      })),
    ),
  );
}

async function storeAttachments(tx: Tx, rng: Rng, pictures: Pictures, cases: readonly MemoryCase[]): Promise<void> {
  await insertMany(
    tx,
    'attachment',
    {
      id: 'uuid',
      event_id: 'uuid',
      task_id: 'uuid',
      ...pictureColumns,
      uploaded_by: 'uuid',
      reporter_id: 'uuid',
      created_at: 'timestamptz',
    },
    cases.flatMap(({ rows, photos }) =>
      photos.flatMap((photo, order) => {
        const picture = pictures.get(pictureKey(photo));
        if (picture === undefined) return [];
        return [
          {
            id: seededId(rng, photo.atMs, order),
            event_id: rows.event.id,
            task_id: photo.taskId,
            ...pictureRow(photo.kind, picture),
            uploaded_by: photo.uploadedBy,
            reporter_id: photo.reporterId,
            created_at: iso(photo.atMs),
          },
        ];
      }),
    ),
  );
}

/** In the order of time, as they would have been written. */
/** Ledger lines of a made history, in the order of their times. */
export async function storeLines(tx: Tx, rng: Rng, lines: readonly LedgerLine[]): Promise<void> {
  const tenant = ledgerTenant();
  const ordered = lines
    .map((line, order) => ({ line, order }))
    .sort((a, b) => a.line.atMs - b.line.atMs || a.order - b.order);
  const made = ordered.map(({ line, order }) => {
    const body = hasWords(line.words) ? toPlainJson(line.words) : null;
    const salt = body === null ? null : randomBytes(16);
    const digest = body === null || salt === null ? null : privateDigest(salt, body);
    // Lines of one event and one millisecond keep their order by the count within the id.
    return { id: seededId(rng, line.atMs, order % 0xffff), line, body, salt, digest };
  });
  await insertMany(
    tx,
    'ledger_entry',
    {
      id: 'uuid',
      tenant: 'text',
      district: 'text',
      at: 'timestamptz',
      actor_kind: 'text',
      actor_id: 'uuid',
      actor_unit_id: 'uuid',
      action: 'text',
      subject_type: 'text',
      subject_id: 'text',
      data: 'jsonb',
      private_digest: 'bytea',
      audience: 'text[]',
    },
    made.map(({ id, line, digest }) => ({
      id,
      tenant,
      district: line.district,
      at: iso(line.atMs),
      actor_kind: line.actor.kind,
      actor_id: line.actor.accountId,
      actor_unit_id: line.actor.unitId ?? null,
      action: line.action,
      subject_type: line.subject.type,
      subject_id: line.subject.id,
      data: toJsonText(line.data ?? {}),
      private_digest: digest,
      audience: [...(line.audience ?? [])],
    })),
  );
  await insertMany(
    tx,
    'ledger_private',
    { entry_id: 'uuid', salt: 'bytea', body: 'jsonb' },
    made.flatMap(({ id, salt, body }) => (body === null ? [] : [{ entry_id: id, salt, body: toJsonText(body) }])),
  );
  await insertMany(
    tx,
    'ledger_pending',
    { entry_id: 'uuid', tenant: 'text' },
    made.map(({ id }) => ({ entry_id: id, tenant })),
  );
}

function hasWords(words: Record<string, unknown> | undefined): words is Record<string, unknown> {
  return words !== undefined && Object.values(words).some((word) => word !== '' && word !== null && word !== undefined);
}
