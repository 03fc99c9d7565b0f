import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { leafHash } from '#engine/merkle/hash.ts';
import { toIso } from '#kit/clock.ts';

export const lineFormat = 'huangge-ledger-line/v1';

/** A line as the table holds it: everything but the words, of which it has the digest. */
export interface StoredLine {
  id: string;
  tenant: string;
  district: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  actorUnitId: string | null;
  action: string;
  subjectType: string;
  subjectId: string;
  data: unknown;
  privateDigest: Uint8Array | null;
  audience: readonly string[];
  opId: string | null;
}

/** What is told to live viewers. */
export interface LedgerNews {
  seq: number;
  entryId: string;
  atMs: number;
  action: string;
  subjectType: string;
  subjectId: string;
  actorId: string | null;
  data: Record<string, unknown>;
  audience: readonly string[];
}

/** The hash under the tree. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

/** The content of a line as README.md defines it: what is exported, and what the leaf hash is taken over. */
export function lineContent(line: StoredLine): Record<string, unknown> {
  return {
    format: lineFormat,
    id: line.id,
    tenant: line.tenant,
    district: line.district,
    at: toIso(line.at.getTime()),
    actor: { kind: line.actorKind, id: line.actorId, unitId: line.actorUnitId },
    action: line.action,
    subject: { type: line.subjectType, id: line.subjectId },
    data: line.data,
    privateDigest: line.privateDigest === null ? null : Buffer.from(line.privateDigest).toString('hex'),
    audience: line.audience,
    opId: line.opId,
  };
}

/** Leaf hash (RFC 9162) over the canonical JSON (RFC 8785, UTF-8) of a line's content. */
export function contentLeaf(content: unknown): Uint8Array {
  return leafHash(sha256, Buffer.from(canonicalize(content) ?? '', 'utf8'));
}

export function lineLeaf(line: StoredLine): Uint8Array {
  return contentLeaf(lineContent(line));
}

export function toNews(seq: number, line: StoredLine): LedgerNews {
  return {
    seq,
    entryId: line.id,
    atMs: line.at.getTime(),
    action: line.action,
    subjectType: line.subjectType,
    subjectId: line.subjectId,
    actorId: line.actorId,
    data: asRecord(line.data) ?? {},
    audience: line.audience,
  };
}

/** A jsonb column that always holds an object, or null. */
export function asRecord(value: unknown): Record<string, unknown> | null {
  const is = typeof value === 'object' && value !== null && !Array.isArray(value);
  return is ? (value as Record<string, unknown>) : null;
}
