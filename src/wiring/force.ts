import { burdenRoutes } from '#contract/burden.ts';
import { forceLinkRoutes } from '#contract/force-links.ts';
import { forceRoutes } from '#contract/force.ts';
import { mount } from '#server/http/mount.ts';
import { mountFile } from '#server/http/streams.ts';
import { createForce, type Contact, type Force } from '#server/modules/force/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { Joined, Parts } from './parts.ts';

/** How those with an account are reached stands in the settings of notices, above: it is asked there, never kept twice. */
interface Contacts {
  contactsOf(accountIds: readonly string[]): Promise<ReadonlyMap<string, Contact>>;
}

/** The grid force: leave, rosters, who is reachable, hand-over, helpers by link, what is asked of workers. */
export function joinForce(
  { app, database, territory, vault, clock, doors, identity, events }: Parts,
  notices: Contacts,
): Joined & { force: Force } {
  /** Events by number, as far as the actor sees them. */
  async function findEvents(actor: Actor, numbers: readonly string[]): Promise<{ id: string; number: string }[]> {
    const found = new Map<string, string>();
    for (const number of numbers) {
      const query = { q: number, sort: 'newest' as const, limit: 5 };
      const { items } = await events.handlers.list({ params: {}, query, body: {} }, { actor });
      const hit = items.find((event) => event.number === number);
      if (hit !== undefined) found.set(hit.id, hit.number);
    }
    return [...found].map(([id, number]) => ({ id, number }));
  }
  const { lending, queries } = identity;
  const force = createForce({
    database,
    territory,
    vault,
    clock,
    lending,
    staffOf: queries.staffOf,
    contactsOf: (ids) => notices.contactsOf(ids),
    findEvents,
  });
  mount(app, forceRoutes, force.handlers, doors);
  mount(app, burdenRoutes, force.burdenHandlers, doors);
  mount(app, forceLinkRoutes, force.linkHandlers, doors);
  mountFile(app, forceRoutes.calendar, ({ params }) => force.calendar(params.secret), doors);
  return {
    force,
    tickers: [{ name: 'force.tasks', everyMs: 60_000, run: () => force.followTasks().then(() => undefined) }],
  };
}
