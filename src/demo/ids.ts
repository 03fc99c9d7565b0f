import { randomInt, type Rng } from '#kit/random.ts';

/**
 * Identifiers from the seed: the same town has the same ids on every machine. In the form of UUIDv7, so that rows made
 * together lie together; `order` (0 to 65535) keeps ids of one millisecond in the order they were asked for.
 */
export function seededId(rng: Rng, atMs: number, order = 0): string {
  const time = Math.floor(atMs).toString(16).padStart(12, '0');
  const count = Math.min(order, 0xffff).toString(16).padStart(4, '0');
  const tail = hex(rng, 8) + hex(rng, 5).slice(1);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count.slice(0, 3)}-8${count.slice(3)}${hex(rng, 2)}-${tail}`;
}

function hex(rng: Rng, digits: number): string {
  return randomInt(rng, 0, 16 ** digits - 1)
    .toString(16)
    .padStart(digits, '0');
}
