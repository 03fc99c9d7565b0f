import { taskAt, type ComputePool } from '#server/compute/index.ts';
import type { Kinds, Order } from './reckon.ts';

const url = new URL('./reckon.ts', import.meta.url);

/** Has a worker reckon. */
export function reckonIn<K extends keyof Kinds>(
  pool: Pick<ComputePool, 'run'>,
  kind: K,
  input: Order<K>['input'],
): Promise<ReturnType<Kinds[K]>> {
  return pool.run(taskAt<Order<K>, ReturnType<Kinds[K]>>(url), { kind, input });
}
