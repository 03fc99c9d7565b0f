import type { coverageRoutes } from '#contract/coverage.ts';
import type { Handlers } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { scopeFor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { createHousehold, editHousehold, removeHousehold, visitHouseholds, type Work } from './commands.ts';
import { importHouseholds } from './import.ts';
import type { CoverageParts } from './parts.ts';
import { getCoverage, listOwnHouseholds, toView } from './queries.ts';
import type { StoredHousehold } from './store.ts';

interface CoverageCtx {
  actor: Actor;
}

/** Routes of coverage and households. */
export function createHandlers(parts: CoverageParts): Handlers<typeof coverageRoutes, CoverageCtx> {
  const { database, territory, vault, clock } = parts;

  /** Runs a command once per opId. The door is not in the stored answer: it is opened again for whoever repeats. */
  async function run(
    route: string,
    { actor }: CoverageCtx,
    { opId }: { opId: string },
    request: unknown,
    command: (work: Work) => Promise<{ household: StoredHousehold; ledgerId: string }>,
  ) {
    const op = { opId, actor: senderOf(actor), route, request };
    const kept = await once(database, scopeFor(actor, 'visit.do'), op, async (tx) => {
      const atMs = clock.now();
      const { household, ledgerId } = await command({ tx, territory, vault, actor, atMs, opId });
      const { door, ...row } = household;
      return { row, door: door.toString('base64'), at: toIso(atMs), ledgerId };
    });
    const row = {
      ...kept.row,
      door: Buffer.from(kept.door, 'base64'),
      visitedAt: kept.row.visitedAt === null ? null : new Date(kept.row.visitedAt),
      retiredAt: null,
    };
    return { household: toView(parts, row), at: kept.at, ledgerId: kept.ledgerId };
  }

  return {
    get: ({ query }, { actor }) => getCoverage(parts, actor, query),
    households: ({ query }, { actor }) => listOwnHouseholds(parts, actor, query),
    create: ({ body }, ctx) => run('household.create', ctx, body, body, (work) => createHousehold(work, body)),
    edit: ({ params, body }, ctx) =>
      run('household.edit', ctx, body, { params, body: body }, (work) => {
        const { opId: _opId, ...wish } = body;
        return editHousehold(work, params.id, wish);
      }),
    retire: ({ params, body }, ctx) =>
      run('household.retire', ctx, body, { params, body }, (work) => removeHousehold(work, params.id, body)),
    visit: ({ body }, { actor }) => {
      const { opId, ids, how, at } = body;
      const op = { opId, actor: senderOf(actor), route: 'household.visit', request: body };
      return once(database, scopeFor(actor, 'visit.do'), op, async (tx) => {
        const atMs = clock.now();
        const work = { tx, territory, vault, actor, atMs, opId };
        return { ...(await visitHouseholds(work, { ids, how, at })), at: toIso(atMs) };
      });
    },
    import: async ({ body }, { actor }) => {
      const bytes =
        body.base64 === undefined ? Buffer.from(body.text ?? '', 'utf8') : Buffer.from(body.base64, 'base64');
      const { opId, map, skipWrong, dryRun } = body;
      const scope = scopeFor(actor, 'visit.plan');
      const work = (tx: Work['tx']) =>
        importHouseholds(
          { tx, territory, vault, actor, atMs: clock.now(), opId: dryRun ? null : opId },
          { bytes, map, skipWrong, dryRun },
        );
      if (dryRun) return { ...(await database.inTx(scope, work)), warnings: [] };
      const op = { opId, actor: senderOf(actor), route: 'household.import', request: body };
      return { ...(await once(database, scope, op, work)), warnings: [] };
    },
  };
}
