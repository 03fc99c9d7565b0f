import Flatbush from 'flatbush';

/** Who is near whom: of place o the places other[first[o]] … other[first[o + 1] − 1], itself among them. */
export interface Neighbours {
  first: Uint32Array;
  other: Uint32Array;
}

function packed(lists: readonly number[][]): Neighbours {
  const first = new Uint32Array(lists.length + 1);
  lists.forEach((list, k) => (first[k + 1] = (first[k] as number) + list.length));
  const other = new Uint32Array(first[lists.length] as number);
  lists.forEach((list, k) => other.set(list, first[k]));
  return { first, other };
}

function indexOf(x: ArrayLike<number>, y: ArrayLike<number>): Flatbush {
  const index = new Flatbush(x.length, 16, Float64Array);
  for (let k = 0; k < x.length; k++) index.add(x[k] as number, y[k] as number);
  index.finish();
  return index;
}

/** Every place within `radiusM` metres (the rim included, a tenth of a millimetre allowed for rounding), itself too. x and y in metres. */
export function within(x: ArrayLike<number>, y: ArrayLike<number>, radiusM: number): Neighbours {
  if (x.length === 0) return { first: new Uint32Array(1), other: new Uint32Array(0) };
  const index = indexOf(x, y);
  const reach = radiusM + 1e-4;
  const lists = Array.from({ length: x.length }, (_, k) => {
    const cx = x[k] as number;
    const cy = y[k] as number;
    const near = (other: number) => Math.hypot((x[other] as number) - cx, (y[other] as number) - cy) <= reach;
    return index.search(cx - reach, cy - reach, cx + reach, cy + reach, near);
  });
  return packed(lists);
}

/** The `count` nearest places, nearest first and itself the first (8 means itself and seven others); fewer where there are fewer. */
export function nearestOnes(x: ArrayLike<number>, y: ArrayLike<number>, count: number): Neighbours {
  if (x.length === 0) return { first: new Uint32Array(1), other: new Uint32Array(0) };
  const index = indexOf(x, y);
  const lists = Array.from({ length: x.length }, (_, k) => {
    const near = index.neighbors(x[k] as number, y[k] as number, count + 1).filter((other) => other !== k);
    return [k, ...near.slice(0, Math.max(0, count - 1))];
  });
  return packed(lists);
}
