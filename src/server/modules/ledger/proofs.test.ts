import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fromHex } from '#engine/merkle/hex.ts';
import { verifyConsistency, verifyInclusion } from '#engine/merkle/verify.ts';
import { fixedClock } from '#kit/clock.ts';
import { openDatabase, type Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { createTestDatabase, type TestDatabase } from '#test/helpers/db.ts';
import { administer } from '#test/helpers/postgres.ts';
import { append, configureLedger } from './append.ts';
import { exportLedger } from './export.ts';
import { assertAppendOnly } from './guard.ts';
import { contentLeaf, sha256 } from './line.ts';
import { getLatestHead, proofFor, proveConsistency, proveInclusion } from './proofs.ts';
import { createSequencer, type Sequencer } from './sequencer.ts';
import {
  createSigner,
  isSignedBy,
  makeLedgerKey,
  publicKeyFromPem,
  publicKeyToPem,
  type SignedHead,
} from './signer.ts';
import { verifyExport, type ExportVerdict, type VerifyOptions } from './verify-export.ts';
import { verifyStored } from './verify-stored.ts';

let test: TestDatabase;
let database: Database;
let sequencer: Sequencer;
let tenant = '';
const clock = fixedClock(Date.parse('2026-03-01T08:00:00.000Z'));
const signer = createSigner(makeLedgerKey());
const log = { error: (fields: Record<string, unknown>) => expect.fail(String(fields['err'])) };

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url, { max: 6 });
});

afterAll(async () => {
  await database.close();
  await test.drop();
});

/** A fresh log in the same tables; each grows to 25 lines under heads of 10, 20 and 25. */
beforeEach(async () => {
  tenant = `log-${randomUUID()}`;
  configureLedger({ tenant, wake: () => undefined });
  sequencer = createSequencer({ database, tenant, signer, clock, log });
  for (const lines of [10, 10, 5]) await grow(lines);
});

/** Appends, numbers, signs. */
async function grow(lines: number, words: Record<string, unknown> = { note: '路灯不亮' }): Promise<string[]> {
  const ids: string[] = [];
  await database.inTx(systemScope, async (tx) => {
    for (let i = 0; i < lines; i++) {
      clock.advance(1000);
      ids.push(
        await append(tx, {
          actor: { kind: 'system', accountId: null },
          action: 'event.report',
          subject: { type: 'event', id: randomUUID() },
          district: '500103',
          atMs: clock.now(),
          data: { n: i, x: 0.1, separator: '\u2028' },
          words,
        }),
      );
    }
  });
  clock.advance(61_000);
  await sequencer.start();
  await sequencer.stop();
  return ids;
}

const read = <T>(work: Parameters<Database['read']>[1]): Promise<T> => database.read(systemScope, work) as Promise<T>;

async function exportAll(from = 1, to?: number): Promise<string[]> {
  let text = '';
  for await (const piece of exportLedger({ database, tenant, clock, from, to })) text += piece;
  return text.trimEnd().split('\n');
}

async function* inPieces(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += 700) yield text.slice(at, at + 700);
}

function judge(
  lines: readonly string[],
  options: VerifyOptions = { keys: [signer.publicKey] },
): Promise<ExportVerdict> {
  return verifyExport(inPieces(`${lines.join('\n')}\n`), options);
}

interface ExportedLine {
  seq: number;
  leaf: string;
  line: Record<string, unknown>;
}

function forge(text: string | undefined, change: (line: ExportedLine) => void): string {
  const line = JSON.parse(text ?? '') as ExportedLine;
  change(line);
  return JSON.stringify(line);
}

/** What only an owner of the database could do. */
async function tamper(statement: string): Promise<void> {
  await administer(test.url, statement);
}

const lineAt = (seq: number): string => `(select entry_id from ledger_seq where tenant = '${tenant}' and seq = ${seq})`;

describe('proofs', () => {
  it('prove every line under the signed head, by seq and by id', async () => {
    const head = await read<SignedHead>((tx) => getLatestHead(tx, tenant));
    expect(head.size).toBe(25);
    expect(isSignedBy(head, signer.publicKey)).toBe(true);
    expect(isSignedBy({ ...head, size: 24 }, signer.publicKey)).toBe(false);
    for (let seq = 1; seq <= 25; seq++) {
      const bySeq = await database.read(systemScope, (tx) => proveInclusion(tx, tenant, { seq }));
      const { inclusion } = (await database.read(systemScope, (tx) => proofFor(tx, bySeq.entryId))) ?? {};
      expect(inclusion).toEqual(bySeq);
      const claim = {
        index: seq - 1,
        size: 25,
        leaf: fromHex(bySeq.leaf),
        proof: bySeq.proof.map(fromHex),
        root: fromHex(head.root),
      };
      expect(verifyInclusion(sha256, claim)).toEqual({ ok: true });
    }
  });

  it('prove that the log only grew, between all sizes', async () => {
    for (let from = 1; from <= 25; from += 3) {
      const { from: old, to, proof } = await database.read(systemScope, (tx) => proveConsistency(tx, tenant, from));
      const claim = {
        size1: old.size,
        root1: fromHex(old.root),
        size2: to.size,
        root2: fromHex(to.root),
        proof: proof.map(fromHex),
      };
      expect(verifyConsistency(sha256, claim)).toEqual({ ok: true });
    }
  });

  it.each([
    ['size 0', () => read((tx) => proveConsistency(tx, tenant, 0))],
    ['shrinking', () => read((tx) => proveConsistency(tx, tenant, 9, 8))],
    ['sizes above the head', () => read((tx) => proveConsistency(tx, tenant, 1, 26))],
    ['lines above the size', () => read((tx) => proveInclusion(tx, tenant, { seq: 9 }, 8))],
    ['inclusion above the head', () => read((tx) => proveInclusion(tx, tenant, { seq: 9 }, 26))],
  ])('refuse %s', async (_, ask) => {
    await expect(ask()).rejects.toMatchObject({ code: 'proof_refused' });
  });

  it('are not there for a line that is not yet numbered', async () => {
    const id = await database.inTx(systemScope, (tx) =>
      append(tx, {
        actor: { kind: 'system', accountId: null },
        action: 'event.report',
        subject: { type: 'event', id: 'x' },
        district: '500103',
        atMs: clock.now(),
      }),
    );
    expect(await database.read(systemScope, (tx) => proofFor(tx, id))).toBeUndefined();
    await expect(read((tx) => proveInclusion(tx, tenant, { entryId: id }))).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('an export', () => {
  it('verifies without a database, whole and in part, and continues an older head', async () => {
    const whole = await exportAll();
    const older = JSON.parse(whole[0] ?? '') as { heads: SignedHead[] };
    expect(older.heads.map((head) => head.size)).toEqual([10, 20, 25]);
    expect(await judge(whole)).toMatchObject({ ok: true, from: 1, to: 25, keyTrusted: true, previousSize: null });
    expect(await judge(whole, { previous: older.heads[0] })).toMatchObject({
      ok: true,
      keyTrusted: false,
      previousSize: 10,
    });
    for (const [from, to] of [
      [2, 25],
      [11, 20],
      [7, 13],
      [25, 25],
      [1, 1],
    ] as const) {
      expect(await judge(await exportAll(from, to))).toMatchObject({ ok: true, from, to });
    }
  });

  it('holds no words', async () => {
    expect((await exportAll()).join('')).not.toContain('路灯');
  });

  it('names a line whose content was changed', async () => {
    const lines = await exportAll();
    lines[7] = forge(lines[7], ({ line }) => (line['action'] = 'event.close'));
    expect(await judge(lines)).toMatchObject({ ok: false, lineNumber: 8, seq: 7 });
  });

  it('names the lines between two heads when content and leaf hash were both changed', async () => {
    const lines = await exportAll();
    lines[13] = forge(lines[13], (forged) => {
      forged.line['action'] = 'event.close';
      forged.leaf = Buffer.from(contentLeaf(forged.line)).toString('hex');
    });
    const verdict = await judge(lines);
    expect(verdict).toMatchObject({ ok: false, seq: 11 });
    expect(verdict.ok ? '' : verdict.problem).toContain('11 to 20');
  });

  it.each([
    ['a missing line', (lines: string[]) => lines.splice(5, 1), 5],
    ['a doubled line', (lines: string[]) => lines.splice(6, 0, lines[5] ?? ''), 6],
    ['two lines exchanged', (lines: string[]) => lines.splice(5, 2, lines[6] ?? '', lines[5] ?? ''), 5],
    ['a member twice', (lines: string[]) => (lines[5] = (lines[5] ?? '').replace('"seq":5', '"seq":4,"seq":5')), null],
    [
      'a hidden member',
      (lines: string[]) => (lines[5] = (lines[5] ?? '').replace('"line":{', '"line":{"__proto__":1,')),
      5,
    ],
    ['a line that is no JSON', (lines: string[]) => (lines[5] = 'oops'), null],
  ])('with %s is named by its line', async (_, change, seq) => {
    const lines = await exportAll();
    change(lines);
    const verdict = await judge(lines);
    expect(verdict).toMatchObject({ ok: false, seq });
    expect(verdict.ok ? 0 : verdict.lineNumber).toBeGreaterThanOrEqual(6);
  });

  it('that was cut off, or signed by somebody else, is refused', async () => {
    const lines = await exportAll();
    expect(await judge(lines.slice(0, -1))).toMatchObject({ ok: false, lineNumber: 25 });
    expect(await judge(lines, { keys: [createSigner(makeLedgerKey()).publicKey] })).toMatchObject({
      ok: false,
      lineNumber: 1,
    });
    expect(await judge([])).toMatchObject({ ok: false });
  });

  it('that does not continue the head kept from earlier is refused', async () => {
    const lines = await exportAll();
    const head = await read<SignedHead>((tx) => getLatestHead(tx, tenant));
    const other = signer.sign({ tenant, size: 15, root: head.root, at: head.at });
    expect(await judge(lines, { previous: other })).toMatchObject({ ok: false, seq: 11 });
    const longer = signer.sign({ tenant, size: 26, root: head.root, at: head.at });
    const verdict = await judge(lines, { previous: longer });
    expect(verdict.ok ? '' : verdict.problem).toContain('shorter');
  });
});

describe('the stored log', () => {
  it('verifies, and goes on verifying as it grows', async () => {
    expect(await verifyStored(database)).toMatchObject({ ok: true, size: 25, heads: 3 });
    await grow(7);
    expect(await verifyStored(database)).toMatchObject({ ok: true, size: 32, heads: 4 });
    const words = await database.pool.query(`select 1 from ledger_private where entry_id = ${lineAt(3)}`);
    expect(words.rows).toHaveLength(1);
    await tamper(`delete from ledger_private where entry_id = ${lineAt(3)}`);
    expect(await verifyStored(database), 'words may be erased').toMatchObject({ ok: true, size: 32 });
  });

  it.each([
    ['a changed line', () => `update ledger_entry set action = 'event.close' where id = ${lineAt(7)}`, 7],
    ['changed words', () => `update ledger_private set body = '{"note":"x"}' where entry_id = ${lineAt(8)}`, 8],
    ['a removed place', () => `delete from ledger_seq where tenant = '${tenant}' and seq = 9`, 9],
    [
      'removed content',
      () =>
        `delete from ledger_private where entry_id = ${lineAt(4)}; delete from ledger_entry where id = ${lineAt(4)}`,
      4,
    ],
    [
      'a changed leaf hash',
      () => `update ledger_seq set leaf_hash = sha256('x') where tenant = '${tenant}' and seq = 3`,
      3,
    ],
    [
      'a changed subtree',
      () => `update ledger_node set hash = sha256('x') where tenant = '${tenant}' and level = 2 and idx = 1`,
      5,
    ],
    ['a removed subtree', () => `delete from ledger_node where tenant = '${tenant}' and level = 2 and idx = 1`, 5],
    ['a subtree too many', () => `insert into ledger_node values ('${tenant}', 9, 0, sha256('x'))`, null],
    [
      'a line taken from the queue',
      () =>
        `insert into ledger_entry select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid()))).* from ledger_entry e where id = ${lineAt(2)}`,
      null,
    ],
    ['the end cut off', () => `delete from ledger_seq where tenant = '${tenant}' and seq > 20`, 21],
    ['a changed head', () => `update ledger_head set root = sha256('x') where tenant = '${tenant}' and size = 20`, 20],
    ['a head of another time', () => `update ledger_head set at = now() where tenant = '${tenant}' and size = 10`, 10],
  ])('reports %s', async (_, statement, seq) => {
    await tamper(statement());
    expect(await verifyStored(database)).toMatchObject({ ok: false, seq });
  });

  it('tampered with shows in an export, too', async () => {
    await tamper(`update ledger_entry set data = '{"n":99}' where id = ${lineAt(12)}`);
    expect(await judge(await exportAll())).toMatchObject({ ok: false, lineNumber: 13, seq: 12 });
  });

  it('is not signed any further when its past was changed', async () => {
    await tamper(`update ledger_node set hash = sha256('x') where tenant = '${tenant}' and level = 4 and idx = 0`);
    await expect(grow(1)).rejects.toThrow(/past was changed/);
  });
});

describe('the role of the program', () => {
  it.each(['ledger_entry', 'ledger_private', 'ledger_seq', 'ledger_node', 'ledger_head', 'ledger_key'])(
    'may neither change nor remove in %s',
    async (table) => {
      for (const statement of [
        `update ${table} set tenant = 'x'`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
      ]) {
        const changed = table === 'ledger_private' ? statement.replace("tenant = 'x'", "body = '{}'") : statement;
        await expect(database.pool.query(changed)).rejects.toThrow(/permission denied/);
      }
    },
  );

  it('is checked at the start, with a sentence what to do', async () => {
    await assertAppendOnly(database);
    const owner = openDatabase(test.url, { role: null, max: 1 });
    await expect(assertAppendOnly(owner)).rejects.toThrow(/UPDATE ledger_entry.*revoke update, delete, truncate/s);
    await owner.close();
    await tamper('grant update (data) on ledger_entry to huangge_app');
    await expect(assertAppendOnly(database)).rejects.toThrow(/may UPDATE ledger_entry\. /);
    await tamper('revoke update (data) on ledger_entry from huangge_app');
  });
});

describe('the key', () => {
  it('is read as PEM and as base64, and nothing else', () => {
    const pem = makeLedgerKey();
    const der = pem.replaceAll(/-----.*-----|\n/g, '');
    const ids = [pem, Buffer.from(pem).toString('base64'), der].map((text) => createSigner(text).keyId);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(() => createSigner('nonsense')).toThrow(/HUANGGE_LEDGER_KEY/);
    expect(publicKeyFromPem(publicKeyToPem(signer.publicKey))).toEqual(signer.publicKey);
  });

  it('may change: old heads verify under old keys', async () => {
    sequencer = createSequencer({ database, tenant, signer: createSigner(makeLedgerKey()), clock, log });
    await grow(3);
    expect(await verifyStored(database)).toMatchObject({ ok: true, size: 28, heads: 4 });
    expect(await judge(await exportAll(), {})).toMatchObject({ ok: true });
  });
});
