/**
 * The signed tree head, version 1. The bytes to sign are five lines of UTF-8 text, each ended by one line feed:
 *
 *   huangge-tree-head/v1
 *   <tenant>     any text without control characters
 *   <size>       number of leaves, decimal
 *   <rootHex>    64 lower-case hex digits
 *   <atIso>      UTC with milliseconds, e.g. 2026-01-31T08:00:00.000Z
 *
 * Every field has exactly one spelling and none can hold a line feed, so two different heads never give the same bytes.
 * The first line is a domain: a signature over a tree head can never be taken for one over anything else.
 */
import { HASH_BYTES } from './hash.ts';
import { refuseSize, throwRefusal } from './refusal.ts';

/** What a tenant's ledger says of itself at one moment: it has `size` lines, and `rootHex` is the root over them. */
export interface TreeHead {
  tenant: string;
  size: number;
  rootHex: string;
  atIso: string;
}

const FORMAT = 'huangge-tree-head/v1';
const ROOT_HEX = new RegExp(`^[0-9a-f]{${2 * HASH_BYTES}}$`);
const ISO_MS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** The bytes to be signed with Ed25519. Throws RangeError if a field is not in its one spelling. */
export function treeHeadBytes({ tenant, size, rootHex, atIso }: TreeHead): Uint8Array {
  assertSpelling(isTenant(tenant), 'a tenant name without line feeds or other control characters', tenant);
  throwRefusal(refuseSize(size));
  assertSpelling(ROOT_HEX.test(rootHex), `a root of ${2 * HASH_BYTES} lower-case hex digits`, rootHex);
  assertSpelling(isInstant(atIso), 'a moment like 2026-01-31T08:00:00.000Z', atIso);
  return new TextEncoder().encode(`${FORMAT}\n${tenant}\n${size}\n${rootHex}\n${atIso}\n`);
}

function isTenant(tenant: string): boolean {
  // A lone surrogate would be encoded as U+FFFD: two tenants, one spelling.
  return tenant !== '' && tenant.isWellFormed() && !/\p{Cc}/u.test(tenant);
}

function isInstant(atIso: string): boolean {
  if (!ISO_MS.test(atIso)) return false;
  const at = new Date(atIso);
  // 30 February parses, but does not come back as it was written.
  return !Number.isNaN(at.getTime()) && at.toISOString() === atIso;
}

function assertSpelling(holds: boolean, expected: string, found: string): void {
  if (!holds) throw new RangeError(`Expected ${expected}, found ${JSON.stringify(found.slice(0, 80))}.`);
}
