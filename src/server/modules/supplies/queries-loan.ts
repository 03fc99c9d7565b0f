import type { supplyRoutes } from '#contract/supplies.ts';
import type { Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { mayCallLost } from './commands-loan.ts';
import { supplyItems } from './dictionary.ts';
import { stationNames } from './note.ts';
import { sealedAt, type SuppliesParts } from './parts.ts';
import { atStation } from './queries-stock.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { maskPhone } from './rules.ts';
import { countOut, findThing, listLoans, listThings, type LoanRow } from './store-loan.ts';
import { standingOf } from './store-restock.ts';

const endedDays = 30;

/** Loans of a station, telephones masked, and how many of each kind are here and out. */
export async function readLoans(
  parts: SuppliesParts,
  actor: Actor,
  idOrCode: string,
  state: 'out' | 'ended',
): Promise<Output<typeof supplyRoutes.loans>> {
  const names = await stationNames(parts.database);
  return atStation(parts, actor, idOrCode, async (tx, { stationId }) => {
    const nowMs = parts.clock.now();
    const rows = await listLoans(tx, stationId, state === 'out' ? null : nowMs - endedDays * 86_400_000);
    const lent = [...supplyItems().values()].filter(({ kind }) => kind === 'loan').map(({ code }) => code);
    const standing = await standingOf(tx, stationId, lent, dayOf(nowMs));
    const out = await countOut(tx, [stationId], nowMs);
    return {
      items: rows.map((row) => toLoan(parts, row, { nowMs, names })),
      kinds: lent.map((itemCode) => {
        const gone = out.find((one) => one.itemCode === itemCode);
        const here = standing.find((one) => one.itemCode === itemCode)?.usable ?? 0;
        return { itemCode, here, out: gone?.out ?? 0, overdue: gone?.overdue ?? 0 };
      }),
    };
  });
}

function toLoan(
  { vault }: SuppliesParts,
  row: LoanRow,
  { nowMs, names }: { nowMs: number; names: ReadonlyMap<string, string> },
): Output<typeof supplyRoutes.loans>['items'][number] {
  return {
    id: row.id,
    itemCode: row.itemCode,
    number: row.number,
    lentAt: row.lentAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    overdue: row.state === 'out' && row.dueAt.getTime() < nowMs,
    mayEnd: row.state === 'out' && mayCallLost(row, nowMs),
    state: row.state,
    endedAt: row.endedAt?.toISOString() ?? null,
    endedWhere: row.endedStationId === null ? null : (names.get(row.endedStationId) ?? null),
    phone: row.phone === null ? null : maskPhone(vault.open(row.phone, sealedAt.phone)),
    version: row.version,
  };
}

/** Things with a label that lie here or were lent here last. */
export async function readThings(
  parts: SuppliesParts,
  actor: Actor,
  idOrCode: string,
): Promise<Output<typeof supplyRoutes.things>> {
  return atStation(parts, actor, idOrCode, async (tx, { stationId }) => ({
    items: (await listThings(tx, stationId)).map(({ id, itemCode, number, state }) => ({
      id,
      itemCode,
      number,
      state,
    })),
  }));
}

/** What the label of a lent thing stands on, for anybody. @throws AppError not_found, also for one that is gone */
export function readThing({ database }: SuppliesParts, number: string): Promise<Output<typeof supplyRoutes.thing>> {
  return database.read(systemScope, async (tx) => {
    const thing = await findThing(tx, number);
    const item = thing === undefined ? undefined : supplyItems().get(thing.itemCode);
    if (thing === undefined || thing.state === 'gone' || item === undefined)
      throw new AppError('not_found', 'No thing in use has this label. Read the label again.');
    return { number: thing.number, itemCode: item.code, itemName: item.name, itemNameEn: item.nameEn };
  });
}
