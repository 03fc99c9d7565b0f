import type { riskRoutes } from '#contract/risk-points.ts';
import type { Handlers } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { systemScope } from '#server/db/scope.ts';
import { once } from '#server/modules/ledger/index.ts';
import type { Work } from './area-commands.ts';
import type { GridsCtx, GridsParts } from './handlers.ts';
import { importRiskPoints } from './import/import-risk.ts';
import { createRiskPoint, editRiskPoint, recordRisk, retireRiskPoint, riskFacts } from './risk-commands.ts';
import { riskKinds } from './risk-kinds.ts';
import { getRiskPoint, listRiskPoints, listRiskPointsNear, mapRiskPoints, toDetail } from './risk-queries.ts';
import type { StoredRisk } from './risk-store.ts';

/** Routes of risk points. */
export function createRiskHandlers({
  database,
  territory,
  clock,
}: GridsParts): Handlers<Omit<typeof riskRoutes, 'export'>, GridsCtx> {
  /** Runs a command once per opId and answers with the point as it is then. */
  function run(
    route: string,
    { actor }: GridsCtx,
    { opId }: { opId: string },
    request: unknown,
    command: (work: Work) => Promise<{ point: StoredRisk; ledgerId: string }>,
  ) {
    const op = { opId, actor: actor.accountId ?? actor.kind, route, request };
    return once(database, systemScope, op, async (tx) => {
      const atMs = clock.now();
      const { point, ledgerId } = await command({ tx, territory, actor, atMs, opId });
      return { point: await toDetail(tx, territory, actor, point), at: toIso(atMs), ledgerId };
    });
  }

  return {
    kinds: async () => ({ items: [...riskKinds().values()] }),
    list: ({ query }, { actor }) => listRiskPoints({ database, territory, actor, nowMs: clock.now() }, query),
    map: ({ query }, { actor }) => mapRiskPoints({ database, territory, actor, nowMs: clock.now() }, query),
    near: async ({ query }, { actor }) => ({ items: await listRiskPointsNear(database, actor, query) }),
    get: ({ params }, { actor }) => getRiskPoint(database, territory, actor, params.id),
    create: ({ body }, ctx) =>
      run('risk.create', ctx, body, body, async (work) => {
        const point = await createRiskPoint(work, body);
        const words = { name: point.name, place: point.placeWords, note: point.note };
        return { point, ledgerId: await recordRisk(work, 'risk_point.create', point, riskFacts(point), words) };
      }),
    edit: ({ params, body }, ctx) =>
      run('risk.edit', ctx, body, { params, body }, async (work) => {
        const { before, after } = await editRiskPoint(work, params.id, body);
        const data = { from: riskFacts(before), to: riskFacts(after) };
        const words = { name: after.name, place: after.placeWords, note: after.note };
        return { point: after, ledgerId: await recordRisk(work, 'risk_point.edit', after, data, words) };
      }),
    retire: ({ params, body }, ctx) =>
      run('risk.retire', ctx, body, { params, body }, async (work) => {
        const point = await retireRiskPoint(work, params.id, body);
        const words = { reason: body.reason };
        return { point, ledgerId: await recordRisk(work, 'risk_point.retire', point, { code: point.code }, words) };
      }),
    import: async ({ body }, { actor }) => {
      const bytes =
        body.base64 === undefined ? Buffer.from(body.text ?? '', 'utf8') : Buffer.from(body.base64, 'base64');
      const wish = {
        bytes,
        format: body.format,
        map: body.map,
        crs: body.crs,
        skipWrong: body.skipWrong,
        dryRun: body.dryRun,
      };
      const opId = body.dryRun ? null : body.opId;
      const work = (tx: Work['tx']) => importRiskPoints({ tx, territory, actor, atMs: clock.now(), opId }, wish);
      if (body.dryRun) return { ...(await database.inTx(systemScope, work)), warnings: [] };
      const op = { opId: body.opId, actor: actor.accountId ?? actor.kind, route: 'risk.import', request: body };
      return { ...(await once(database, systemScope, op, work)), warnings: [] };
    },
  };
}
