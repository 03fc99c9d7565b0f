import type { careExportRoutes } from '#contract/care-files.ts';
import type { Handlers, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { scopeFor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import type { Work } from './commands.ts';
import { askExport, decideOnExport, takeExport } from './export-commands.ts';
import { mayDecide, mayTake, smallestTold, stateAt } from './export-rules.ts';
import { listExports, type StoredExport } from './export-store.ts';
import type { PeopleCtx } from './handlers.ts';
import type { PeopleParts } from './queries.ts';

type View = Output<typeof careExportRoutes.list>['items'][number];

const listed = 200;

/** Routes of files of people in care: asked for by one, decided by another. */
export function createExportHandlers(parts: PeopleParts): Handlers<typeof careExportRoutes, PeopleCtx> {
  const { database, territory, vault, clock } = parts;

  function run(
    route: string,
    { actor }: PeopleCtx,
    { opId }: { opId: string },
    request: unknown,
    command: (work: Work) => Promise<{ row: StoredExport; ledgerId: string }>,
  ) {
    const op = { opId, actor: senderOf(actor), route, request };
    return once(database, scopeFor(actor, 'care.export'), op, async (tx) => {
      const atMs = clock.now();
      const { row, ledgerId } = await command({ tx, territory, vault, actor, atMs, opId });
      // The purpose is in the list; the stored answer of the operation holds no free words.
      return { export: { ...toView(parts, actor, row), purpose: '', reason: null }, at: toIso(atMs), ledgerId };
    });
  }

  return {
    async list(_input, { actor }) {
      const scope = scopeFor(actor, 'care.export');
      const rows = await database.read(scope, (tx) => listExports(tx, scope, listed));
      return { items: rows.map((row) => toView(parts, actor, row)) };
    },
    ask: ({ body }, ctx) => run('care.export_ask', ctx, body, body, (work) => askExport(work, body)),
    approve: ({ params, body }, ctx) =>
      run('care.export_approve', ctx, body, { params, body }, (work) =>
        decideOnExport(work, params.id, { approved: true, reason: null, version: body.version }),
      ),
    refuse: ({ params, body }, ctx) =>
      run('care.export_refuse', ctx, body, { params, body }, (work) =>
        decideOnExport(work, params.id, { approved: false, reason: body.reason, version: body.version }),
      ),
    // Not through once: the answer of an operation is stored, and a file of people may be stored nowhere.
    take: ({ params, body }, { actor }) =>
      database.inTx(scopeFor(actor, 'care.export'), (tx) =>
        takeExport({ tx, territory, vault, actor, atMs: clock.now(), opId: body.opId }, params.id),
      ),
  };
}

function toView({ territory, vault, clock }: PeopleParts, actor: Actor, row: StoredExport): View {
  const nowMs = clock.now();
  const deciding = mayDecide(actor, row, nowMs);
  const { id, number, areaCode, tags, fields, takes, version } = row;
  return {
    id,
    number,
    areaCode,
    areaName: territory.area(areaCode)?.name ?? areaCode,
    tags,
    fields,
    takes,
    version,
    people: row.people < smallestTold && !deciding ? null : row.people,
    purpose: vault.open(row.purpose, 'care_export.purpose'),
    reason: row.reason === null ? null : vault.open(row.reason, 'care_export.reason'),
    state: stateAt(row, nowMs),
    askedAt: row.askedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    askedBy: [row.askedUnit, row.askedName].filter(Boolean).join(' · '),
    decidedBy: row.decidedName,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    takenAt: row.takenAt?.toISOString() ?? null,
    mine: row.askedBy === actor.accountId,
    mayDecide: deciding,
    mayTake: mayTake(actor, row, nowMs),
  };
}
