/**
 * Checks an export without a database and without trusting it. Everything is recomputed from the lines: leaf hashes, the
 * tree, the roots under the signed heads. Stops at the first thing that is wrong and names it.
 */
import canonicalize from 'canonicalize';
import { ledgerExportHeader, ledgerExportLine } from '#contract/ledger-export.ts';
import { appendLeaf, frontierRoot, type Frontier } from '#engine/merkle/frontier.ts';
import { fromHex, toHex } from '#engine/merkle/hex.ts';
import { nodesOfRange } from '#engine/merkle/ranges.ts';
import { verifyConsistency } from '#engine/merkle/verify.ts';
import type { ExportHeader } from './export.ts';
import { contentLeaf, lineFormat, sha256 } from './line.ts';
import { isSignedBy, keyIdOf, publicKeyFromPem, type SignedHead } from './signer.ts';

export interface VerifyOptions {
  /** Public keys (SPKI, DER) the reader trusts. Without any, the key in the file is used, which proves less. */
  keys?: readonly Buffer[];
  /** A head kept from earlier: the export must continue it. */
  previous?: SignedHead | undefined;
}

export type ExportVerdict =
  | {
      ok: true;
      tenant: string;
      from: number;
      to: number;
      head: SignedHead;
      keyTrusted: boolean;
      previousSize: number | null;
    }
  /** `lineNumber`: line of the file, from 1; `seq`: line of the ledger. Null when the fault lies elsewhere. */
  | { ok: false; lineNumber: number | null; seq: number | null; problem: string };

/** A fault found: travels as an exception inside this file only. */
class Fault extends Error {
  readonly lineNumber: number | null;
  readonly seq: number | null;
  constructor(problem: string, lineNumber: number | null = null, seq: number | null = null) {
    super(problem);
    this.lineNumber = lineNumber;
    this.seq = seq;
  }
}

/** `chunks`: the text of the file in pieces of any size. Never throws for a bad file: that is an answer. */
export async function verifyExport(chunks: AsyncIterable<string>, options: VerifyOptions = {}): Promise<ExportVerdict> {
  try {
    return await verifyLines(splitLines(chunks), options);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ok: false, lineNumber: error.lineNumber, seq: error.seq, problem: error.message };
  }
}

async function verifyLines(lines: AsyncGenerator<string, void>, options: VerifyOptions): Promise<ExportVerdict> {
  const first = await lines.next();
  if (first.done === true) throw new Fault('The file is empty. Expected an export of a ledger.');
  const header = readHeader(first.value);
  const trusted = options.keys ?? [];
  const listed = header.keys.map((key) => readKey(key.publicKey));
  assertSigned(header.head, trusted.length > 0 ? trusted : listed, 'the head');
  const { previous } = options;
  if (previous !== undefined) assertPrevious(header, previous, trusted.length > 0 ? trusted : listed);
  for (const head of header.heads) assertSigned(head, [...trusted, ...listed], `the head of ${head.size} lines`);
  const claims = [...header.heads, ...(previous === undefined ? [] : [previous])].sort((a, b) => a.size - b.size);

  let frontier = startFrontier(header);
  const judge = createJudge(claims, header.from);
  judge(frontier);
  let lineNumber = 1;
  for await (const text of lines) {
    lineNumber += 1;
    frontier = appendLeaf(sha256, frontier, readLeaf(text, header, frontier.size + 1, lineNumber)).frontier;
    judge(frontier);
  }
  if (frontier.size !== header.to) {
    throw new Fault(
      `The file ends after line ${frontier.size} of the ledger. Expected it to go on to ${header.to}.`,
      lineNumber,
    );
  }
  assertUnderHead(header, frontier);
  return {
    ok: true,
    tenant: header.tenant,
    from: header.from,
    to: header.to,
    head: header.head,
    keyTrusted: trusted.length > 0,
    previousSize: previous?.size ?? null,
  };
}

/** Lines end with a line feed and nothing else: other line separators may stand inside JSON text. */
async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<string, void> {
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}

/** One spelling only: what a reader sees is what was hashed (no doubled members, no hidden spaces). */
function parseCanonical(text: string, lineNumber: number): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
    if (canonicalize(value) === text) return value;
  } catch {
    throw new Fault('This is not JSON. Expected one JSON object a line, as exported.', lineNumber);
  }
  throw new Fault('This line is not in canonical JSON (RFC 8785): it was edited after the export.', lineNumber);
}

function readHeader(text: string): ExportHeader {
  const parsed = ledgerExportHeader.safeParse(parseCanonical(text, 1));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Fault(`The header is not that of an export: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`, 1);
  }
  const header = parsed.data;
  if (header.from > header.to || header.to > header.head.size || header.head.tenant !== header.tenant) {
    throw new Fault(
      `The header contradicts itself: lines ${header.from} to ${header.to} of "${header.tenant}" under a head of ${header.head.size} lines of "${header.head.tenant}".`,
      1,
    );
  }
  return header;
}

function readKey(pem: string): Buffer {
  try {
    return publicKeyFromPem(pem);
  } catch {
    throw new Fault('A public key in the header cannot be read.', 1);
  }
}

function assertSigned(head: SignedHead, keys: readonly Buffer[], what: string): void {
  if (keys.some((key) => isSignedBy(head, key))) return;
  const known = keys.map(keyIdOf).join(', ');
  throw new Fault(`The signature of ${what} does not hold: it names key ${head.keyId}; tried ${known || 'no key'}.`, 1);
}

function assertPrevious(header: ExportHeader, previous: SignedHead, keys: readonly Buffer[]): void {
  assertSigned(previous, keys, 'the head kept from earlier');
  if (previous.tenant !== header.tenant) {
    throw new Fault(`The head kept from earlier belongs to "${previous.tenant}", the export to "${header.tenant}".`);
  }
  if (previous.size > header.head.size) {
    throw new Fault(
      `The ledger became shorter: it had ${previous.size} lines at ${previous.at}, and has ${header.head.size} at ${header.head.at}. Lines were taken away, or this export is older.`,
    );
  }
  if (previous.size < header.from - 1 || previous.size > header.to) {
    throw new Fault(
      `The export holds lines ${header.from} to ${header.to}; the head kept from earlier is of ${previous.size} lines and cannot be compared. Export from ${Math.max(1, Math.min(header.from, previous.size))} to at least ${previous.size}.`,
    );
  }
}

function startFrontier(header: ExportHeader): Frontier {
  const size = header.from - 1;
  const expected = nodesOfRange({ start: 0, end: size }).length;
  if (header.frontier.length !== expected) {
    throw new Fault(
      `Expected ${expected} hashes for the ${size} lines before this export, found ${header.frontier.length}.`,
      1,
    );
  }
  return { size, nodes: header.frontier.map(fromHex) };
}

function readLeaf(text: string, header: ExportHeader, expectedSeq: number, lineNumber: number): Uint8Array {
  const raw = parseCanonical(text, lineNumber);
  const parsed = ledgerExportLine.safeParse(raw);
  if (!parsed.success)
    throw new Fault('This is not a line of a ledger. Expected seq, leaf and line.', lineNumber, expectedSeq);
  const { seq, leaf, line } = parsed.data;
  if (seq !== expectedSeq) {
    const what =
      seq > expectedSeq
        ? `line ${expectedSeq} of the ledger is missing`
        : `line ${seq} of the ledger comes twice or too late`;
    throw new Fault(`Expected seq ${expectedSeq}, found ${seq}: ${what}.`, lineNumber, expectedSeq);
  }
  if (seq > header.to) throw new Fault(`The header promises lines up to ${header.to}, found ${seq}.`, lineNumber, seq);
  if (line['tenant'] !== header.tenant || line['format'] !== lineFormat) {
    throw new Fault(`Line ${seq} is not a ${lineFormat} of "${header.tenant}".`, lineNumber, seq);
  }
  // Hashed as it stands in the file: a schema may pass over members (such as __proto__) that a reader would see.
  const computed = contentLeaf((raw as { line: unknown }).line);
  if (toHex(computed) !== leaf) {
    throw new Fault(
      `Line ${seq} was changed: its content has the leaf hash ${toHex(computed)}, the ledger recorded ${leaf}.`,
      lineNumber,
      seq,
    );
  }
  return computed;
}

/** Compares the tree with every signed root as soon as it has grown to that size. */
function createJudge(claims: readonly SignedHead[], from: number): (frontier: Frontier) => void {
  let next = 0;
  let good = from - 1;
  return (frontier) => {
    for (let claim = claims[next]; claim !== undefined && claim.size <= frontier.size; claim = claims[++next]) {
      if (claim.size === frontier.size && toHex(frontierRoot(sha256, frontier)) !== claim.root) {
        throw new Fault(
          `The lines do not lead to the head signed at ${claim.at} for ${claim.size} lines: a line among ${good + 1} to ${claim.size}, or before the export, was replaced together with its leaf hash.`,
          null,
          good + 1,
        );
      }
      good = claim.size;
    }
  };
}

function assertUnderHead(header: ExportHeader, frontier: Frontier): void {
  const verdict = verifyConsistency(sha256, {
    size1: header.to,
    size2: header.head.size,
    root1: frontierRoot(sha256, frontier),
    root2: fromHex(header.head.root),
    proof: header.consistency.map(fromHex),
  });
  if (verdict.ok) return;
  throw new Fault(
    `The lines do not lead to the signed head of ${header.head.size} lines: ${verdict.message}`,
    null,
    header.from,
  );
}
