import type { ledgerRoutes } from '#contract/ledger.ts';
import type { Handlers, Input, Output } from '#contract/route.ts';
import { toHex } from '#engine/merkle/hex.ts';
import { toIso } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { asRecord, type StoredLine } from './line.ts';
import { getLatestHead, proveConsistency, proveInclusion } from './proofs.ts';
import { publicKeyToPem } from './signer.ts';
import { listEntries, listForAudit } from './store-entries.ts';
import { listKeys } from './store-heads.ts';
import { readSize } from './store-log.ts';

/** As much of the viewer as an audit needs; identity stands above the ledger. */
export interface LedgerViewer {
  actor: {
    adminKind: string | null;
    grants: readonly { unitId: string; areaCode: string | null; permissions: { has(word: 'audit.read'): boolean } }[];
  };
}

/** All routes but the download, which the server streams from `exportLedger`. */
type LedgerHandlers = Omit<Handlers<typeof ledgerRoutes, LedgerViewer>, 'export'>;

export function ledgerHandlers(database: Database, tenant: string): LedgerHandlers {
  const read = <T>(work: Parameters<typeof database.read<T>>[1]): Promise<T> => database.read(systemScope, work);
  return {
    head: () => read((tx) => getLatestHead(tx, tenant)),
    key: async () => ({ keys: (await read((tx) => listKeys(tx, tenant))).map(toKeyView) }),
    inclusion: ({ query }) =>
      read((tx) =>
        proveInclusion(
          tx,
          tenant,
          query.entryId === undefined ? { seq: query.seq ?? 0 } : { entryId: query.entryId },
          query.size,
        ),
      ),
    consistency: ({ query }) => read((tx) => proveConsistency(tx, tenant, query.from, query.to)),
    entries: ({ query }) =>
      read(async (tx) => {
        const lines = await listEntries(tx, tenant, query);
        const size = await readSize(tx, tenant);
        return { entries: lines.map(({ seq, leaf, line }) => ({ seq, leaf: toHex(leaf), ...toView(line) })), size };
      }),
    audit: ({ query }, viewer) =>
      read(async (tx) => {
        const lines = await listForAudit(tx, tenant, toAuditQuery(query, viewer));
        const last = lines.length < query.limit ? undefined : lines.at(-1)?.line;
        return {
          entries: lines.map(({ seq, words, line }) => ({ seq, words: asRecord(words), ...toView(line) })),
          next: last === undefined ? null : `${last.at.getTime()}_${last.id}`,
        };
      }),
  };
}

type AuditInput = Input<typeof ledgerRoutes.audit>['query'];

/** The audit administrator sees every line; others with audit.read those told to their areas and units. */
function toAuditQuery(query: AuditInput, { actor }: LedgerViewer): Parameters<typeof listForAudit>[2] {
  const [atMs, id] = query.cursor?.split('_') ?? [];
  const grants = actor.grants.filter((grant) => grant.permissions.has('audit.read'));
  const audience = grants.flatMap((grant) => [
    `u:${grant.unitId}`,
    ...(grant.areaCode === null ? [] : [`a:${grant.areaCode}`]),
  ]);
  return {
    ...query,
    fromMs: query.from === undefined ? undefined : Date.parse(query.from),
    untilMs: query.until === undefined ? undefined : Date.parse(query.until),
    before: atMs === undefined || id === undefined ? undefined : { atMs: Number(atMs), id },
    audience: actor.adminKind === 'audit' ? undefined : audience,
  };
}

type EntryView = Omit<Output<typeof ledgerRoutes.entries>['entries'][number], 'seq' | 'leaf'>;

function toView(line: StoredLine): EntryView {
  return {
    id: line.id,
    at: toIso(line.at.getTime()),
    district: line.district,
    actor: { kind: line.actorKind, id: line.actorId, unitId: line.actorUnitId },
    action: line.action,
    subject: { type: line.subjectType, id: line.subjectId },
    data: asRecord(line.data) ?? {},
    privateDigest: line.privateDigest === null ? null : toHex(line.privateDigest),
    opId: line.opId,
  };
}

function toKeyView(key: {
  keyId: string;
  publicKey: Buffer;
  since: Date;
}): Output<typeof ledgerRoutes.key>['keys'][number] {
  return { keyId: key.keyId, publicKey: publicKeyToPem(key.publicKey), since: toIso(key.since.getTime()) };
}
