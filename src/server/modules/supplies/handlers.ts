import type { Handlers } from '#contract/route.ts';
import type { supplyRoutes } from '#contract/supplies.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { addThings, endLoan, lend, takeBack, tellPhone } from './commands-loan.ts';
import { recallLot, transfer } from './commands-move.ts';
import { countStock, receive, setLevel, writeOff } from './commands-stock.ts';
import { supplyItems, supplyReasons, supplyRule } from './dictionary.ts';
import type { SuppliesParts } from './parts.ts';
import { readLoans, readThing, readThings } from './queries-loan.ts';
import { readAttention, readLots, readMovements, readReceipt, readReceipts, readStock } from './queries-stock.ts';

export function supplyHandlers(
  parts: SuppliesParts,
): Handlers<Omit<typeof supplyRoutes, 'export' | 'receiptFile'>, { actor: Actor }> {
  return {
    items: async () => ({
      items: [...supplyItems().values()],
      reasons: [...supplyReasons().values()],
      expiringDays: supplyRule('expiring_days'),
      lostAfterDays: supplyRule('lost_after_days'),
    }),
    attention: (_, { actor }) => readAttention(parts, actor),
    stock: ({ params }, { actor }) => readStock(parts, actor, params.id),
    receive: ({ params, body }, { actor }) => receive(parts, actor, params.id, body),
    receipts: ({ params, query }, { actor }) => readReceipts(parts, actor, params.id, query.month),
    receipt: ({ params }, { actor }) => readReceipt(parts, actor, params.id),
    count: ({ params, body }, { actor }) => countStock(parts, actor, params.id, body),
    writeOff: ({ params, body }, { actor }) => writeOff(parts, actor, params.id, body),
    transfer: ({ params, body }, { actor }) => transfer(parts, actor, params.id, body),
    setLevel: ({ params, body }, { actor }) => setLevel(parts, actor, params.id, body),
    movements: ({ params, query }, { actor }) => readMovements(parts, actor, params.id, query),
    lots: ({ query }, { actor }) => readLots(parts, actor, query),
    recall: ({ body }, { actor }) => recallLot(parts, actor, body),
    loans: ({ params, query }, { actor }) => readLoans(parts, actor, params.id, query.state),
    lend: ({ params, body }, { actor }) => lend(parts, actor, params.id, body),
    giveBack: ({ params, body }, { actor }) => takeBack(parts, actor, params.id, body),
    endLoan: ({ params, body }, { actor }) => endLoan(parts, actor, params.id, body),
    loanPhone: ({ params, body }, { actor }) => tellPhone(parts, actor, params.id, body),
    things: ({ params }, { actor }) => readThings(parts, actor, params.id),
    thing: ({ params }) => readThing(parts, params.number),
    addThings: ({ params, body }, { actor }) => addThings(parts, actor, params.id, body),
  };
}
