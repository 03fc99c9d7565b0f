import type { gridsRoutes } from '#contract/grids.ts';
import type { Handlers } from '#contract/route.ts';
import { toIso, type Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { editArea, type Work } from './area-commands.ts';
import { importAreas } from './import/import-areas.ts';
import { importOutlines } from './import/import-outlines.ts';
import { importUnits } from './import/import-units.ts';
import type { LiveTerritory } from './live-territory.ts';
import { mergeAreas, saveOutlines, splitArea, type OutlineAnswer } from './outline-commands.ts';
import { showProblems } from './outline-change.ts';
import { answerersOf, checkFamily, listTree, listUnitsOf, search } from './queries.ts';
import { createAreaAndFollow, retireAreaAndFollow } from './risk-moves.ts';
import { mayEdit } from './rules.ts';
import { listLayers } from './store-layers.ts';
import { listBoards } from './store-units.ts';
import { createUnit, editUnit, retireUnit, saveBoard } from './unit-commands.ts';
import { getKnown, toAreaDetail, toAreaRow, toUnitView } from './views.ts';

export interface GridsParts {
  database: Database;
  territory: LiveTerritory;
  clock: Clock;
}

/** What these handlers need to know of a request. */
export interface GridsCtx {
  actor: Actor;
}

export function createHandlers({ database, territory, clock }: GridsParts): Handlers<typeof gridsRoutes, GridsCtx> {
  const maps = () => territory.maps();

  /** Runs a command once per opId, then reads the territory again so that the answer shows what was done. */
  async function run<T>(
    route: string,
    ctx: GridsCtx,
    body: { opId: string },
    request: unknown,
    command: (work: Work) => Promise<T>,
  ): Promise<T & { at: string }> {
    const op = { opId: body.opId, actor: ctx.actor.accountId ?? ctx.actor.kind, route, request };
    const answer = await once(database, systemScope, op, async (tx) => {
      const atMs = clock.now();
      return { ...(await command({ tx, territory, actor: ctx.actor, atMs, opId: body.opId })), at: toIso(atMs) };
    });
    await territory.reload();
    return answer;
  }

  /** A trial keeps no opId and writes nothing; it takes the lock only to judge by the newest state. */
  async function attempt<T>(ctx: GridsCtx, command: (work: Work) => Promise<T>): Promise<T & { at: string }> {
    const atMs = clock.now();
    return database.inTx(systemScope, async (tx) => ({
      ...(await command({ tx, territory, actor: ctx.actor, atMs, opId: null })),
      at: toIso(atMs),
    }));
  }

  function settle<T>(
    route: string,
    ctx: GridsCtx,
    body: { opId: string; dryRun: boolean },
    request: unknown,
    command: (work: Work) => Promise<T>,
  ) {
    return body.dryRun ? attempt(ctx, command) : run(route, ctx, body, request, command);
  }

  const areaAnswer = (code: string, answer: { at: string; ledgerId: string }) => ({
    area: toAreaRow(maps(), getKnown(maps(), code)),
    at: answer.at,
    ledgerId: answer.ledgerId,
  });
  const unitAnswer = (id: string, answer: { at: string; ledgerId: string }) => {
    const unit = maps().units.get(id);
    if (unit === undefined) throw new Error(`Unit ${id} was saved but is not in memory.`);
    return { unit: toUnitView(unit), at: answer.at, ledgerId: answer.ledgerId };
  };
  const outlineAnswer = (answer: OutlineAnswer & { at: string }) => ({
    areas: answer.codes.flatMap((code) => {
      const area = maps().areas.get(code);
      return area === undefined ? [] : [toAreaRow(maps(), area)]; // new parts of a trial do not exist
    }),
    retired: answer.retired,
    warnings: showProblems(answer.warnings),
    at: answer.at,
    ledgerId: answer.ledgerId,
  });
  const bytesOf = (body: { text?: string; base64?: string }) =>
    body.base64 === undefined ? Buffer.from(body.text ?? '', 'utf8') : Buffer.from(body.base64, 'base64');

  return {
    areas: async ({ query }) => ({
      items: listTree(maps(), query.parent, query.tier).map((area) => toAreaRow(maps(), area)),
    }),
    searchAreas: ({ query }) => search(database, maps(), query),
    area: async ({ params }, { actor }) => {
      const area = getKnown(maps(), params.code);
      return toAreaDetail(maps(), area, mayEdit(actor, area.path) && area.retiredAt === null);
    },
    tiling: async ({ params }) => {
      const { problems, missing } = checkFamily(maps(), params.code);
      return { problems: showProblems(problems), missing };
    },
    answerers: ({ params }, { actor }) => answerersOf(database, maps(), actor, params.code, clock.now()),
    createArea: async ({ body }, ctx) => {
      const answer = await run('createArea', ctx, body, body, (work) => createAreaAndFollow(work, body));
      return { ...areaAnswer(answer.code, answer), warnings: showProblems(answer.warnings) };
    },
    editArea: async ({ params, body }, ctx) =>
      areaAnswer(
        params.code,
        await run('editArea', ctx, body, { params, body }, (work) => editArea(work, params.code, body)),
      ),
    retireArea: async ({ params, body }, ctx) =>
      areaAnswer(
        params.code,
        await run('retireArea', ctx, body, { params, body }, (work) => retireAreaAndFollow(work, params.code, body)),
      ),
    saveOutlines: async ({ body }, ctx) =>
      outlineAnswer(
        await settle('saveOutlines', ctx, body, body, (work) => saveOutlines(work, body.changes, body.dryRun)),
      ),
    splitArea: async ({ params, body }, ctx) =>
      outlineAnswer(
        await settle('splitArea', ctx, body, { params, body }, (work) => splitArea(work, params.code, body)),
      ),
    mergeAreas: async ({ body }, ctx) =>
      outlineAnswer(await settle('mergeAreas', ctx, body, body, (work) => mergeAreas(work, body))),
    importAreas: async ({ body }, ctx) => ({
      ...(await settle('importAreas', ctx, body, body, (work) => importAreas(work, { ...body, bytes: bytesOf(body) }))),
      warnings: [],
    }),
    importOutlines: async ({ body }, ctx) => {
      const answer = await settle('importOutlines', ctx, body, body, (work) =>
        importOutlines(work, { ...body, bytes: bytesOf(body) }),
      );
      return { ...answer, warnings: showProblems(answer.warnings) };
    },
    units: async ({ query }) => ({ items: listUnitsOf(maps(), query).map(toUnitView) }),
    createUnit: async ({ body }, ctx) => {
      const answer = await run('createUnit', ctx, body, body, (work) => createUnit(work, body));
      return unitAnswer(answer.id, answer);
    },
    editUnit: async ({ params, body }, ctx) =>
      unitAnswer(
        params.id,
        await run('editUnit', ctx, body, { params, body }, (work) => editUnit(work, params.id, body)),
      ),
    retireUnit: async ({ params, body }, ctx) =>
      unitAnswer(
        params.id,
        await run('retireUnit', ctx, body, { params, body }, (work) => retireUnit(work, params.id, body)),
      ),
    importUnits: async ({ body }, ctx) => ({
      ...(await settle('importUnits', ctx, body, body, (work) => importUnits(work, { ...body, bytes: bytesOf(body) }))),
      warnings: [],
    }),
    boards: async ({ query }) => {
      const boards = await database.read(systemScope, listBoards);
      return {
        items: boards.filter(
          ({ areaCode }) =>
            query.area === undefined || (maps().areas.get(areaCode)?.path.includes(query.area) ?? false),
        ),
      };
    },
    saveBoard: async ({ body }, ctx) => {
      const { opId: _opId, ...board } = body;
      const { at, ledgerId } = await run('saveBoard', ctx, body, body, (work) => saveBoard(work, board));
      return { board, at, ledgerId };
    },
    basemapLayers: async () => ({
      items: (await database.read(systemScope, listLayers)).map(({ name, updatedAt }) => ({
        name,
        updatedAt: updatedAt.toISOString(),
      })),
    }),
  };
}
