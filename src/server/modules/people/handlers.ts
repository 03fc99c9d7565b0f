import type { careRoutes } from '#contract/care.ts';
import type { Handlers } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { holds, scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { createPerson, editPerson, retirePerson, revealPerson, type Work } from './commands.ts';
import { glanceCare } from './queries-glance.ts';
import { listCareNear } from './queries-near.ts';
import { findPeople, getPerson, listPeople, toDetail, type PeopleParts } from './queries.ts';
import type { StoredCare } from './store.ts';
import { careTags } from './tags.ts';

/** What these handlers need to know of a request. */
export interface PeopleCtx {
  actor: Actor;
}

export function createHandlers(parts: PeopleParts): Handlers<typeof careRoutes, PeopleCtx> {
  const { database, territory, vault, clock } = parts;

  /** Runs a command once per opId. The answer is kept with the operation, so it holds nothing unmasked. */
  function run(
    route: string,
    { actor }: PeopleCtx,
    { opId }: { opId: string },
    request: unknown,
    command: (work: Work) => Promise<{ person: StoredCare; ledgerId: string }>,
  ) {
    const op = { opId, actor: actor.accountId ?? actor.kind, route, request };
    return once(database, scopeFor(actor, 'care.read'), op, async (tx) => {
      const atMs = clock.now();
      const { person, ledgerId } = await command({ tx, territory, vault, actor, atMs, opId });
      return { person: await toDetail(tx, parts, actor, person), at: toIso(atMs), ledgerId };
    });
  }

  return {
    tags: async (_input, { actor }) => {
      const mayKnow = holds(actor, 'care.restricted');
      return { items: [...careTags().values()].filter(({ restricted }) => mayKnow || !restricted) };
    },
    glance: ({ query }, { actor }) => glanceCare(parts, actor, query),
    list: ({ query }, { actor }) => listPeople(parts, actor, query),
    find: ({ body }, { actor }) => findPeople(parts, actor, body.q),
    near: async ({ query }, { actor }) => ({ items: await listCareNear(parts, actor, query) }),
    get: ({ params }, { actor }) => getPerson(parts, actor, params.id),
    // Not through once: the answer of an operation is stored, and this one may be nowhere but in the hands of who asked.
    reveal: ({ params, body }, { actor }) =>
      database.inTx(scopeFor(actor, 'care.read'), (tx) =>
        revealPerson({ tx, territory, vault, actor, atMs: clock.now(), opId: body.opId }, params.id, body.purpose),
      ),
    create: ({ body }, ctx) => run('care.create', ctx, body, body, (work) => createPerson(work, body)),
    edit: ({ params, body }, ctx) => {
      const { opId: _opId, ...wish } = body;
      return run('care.edit', ctx, body, { params, body }, (work) => editPerson(work, params.id, wish));
    },
    retire: ({ params, body }, ctx) =>
      run('care.retire', ctx, body, { params, body }, (work) => retirePerson(work, params.id, body)),
  };
}
