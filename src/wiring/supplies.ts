import { supplyRoutes } from '#contract/supplies.ts';
import { mount } from '#server/http/mount.ts';
import { mountFile } from '#server/http/streams.ts';
import { createSupplies, type Supplies } from '#server/modules/supplies/index.ts';
import type { Joined, Parts } from './parts.ts';

/** What stations have: stock, loans, donations. Services take from it (`takeOut`). */
export function joinSupplies({ app, database, vault, clock, doors }: Parts): Joined & { supplies: Supplies } {
  const supplies = createSupplies({ database, vault, clock });
  mount(app, supplyRoutes, supplies.handlers, doors);
  mountFile(
    app,
    supplyRoutes.export,
    ({ params, query }, { actor }) => supplies.exportFile(actor, params.id, query.month),
    doors,
  );
  mountFile(app, supplyRoutes.receiptFile, ({ params }, { actor }) => supplies.receiptFile(actor, params.id), doors);
  return {
    supplies,
    tickers: [{ name: 'supplies.days', everyMs: 600_000, run: () => supplies.followDays().then(() => undefined) }],
  };
}
