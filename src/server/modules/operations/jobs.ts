import { randomUUID } from 'node:crypto';
import { systemScope } from '#server/db/scope.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { endWithEvent } from './commands-open.ts';
import { inRoom } from './in-room.ts';
import type { OperationsDeps } from './parts.ts';
import { listLeftOpen } from './store-operation.ts';
import { forgetPositions } from './store-room.ts';

const batch = 50;

/** Every few seconds: rooms end with their events, and positions whose time has passed are forgotten. Answers how many rooms ended. */
export async function sweepRooms(kit: OperationsDeps): Promise<number> {
  await kit.database.inTx(systemScope, (tx) => forgetPositions(tx, kit.clock.now()));
  const left = await kit.database.read(systemScope, (tx) => listLeftOpen(tx, batch));
  for (const { eventId } of left) {
    const wanted = { eventId, route: 'operation.end', body: { opId: randomUUID() } };
    await inRoom(kit, systemActor, { ...wanted, permission: 'event.dispatch', who: 'joint' }, async (room) => {
      await endWithEvent(room);
      return true;
    });
  }
  return left.length;
}
