import { flagsOfWay, kindOfNode, type Tags } from './walkable.ts';

/** Reads one file of OpenStreetMap as often as asked; nodes and ways come in the order of the file. */
export interface OsmSource {
  /** @throws NetworkError 'osm_broken' where the file cannot be read. */
  eachWay(take: (refs: readonly number[], tags: Tags, id: number) => void): void;
  eachNode(take: (id: number, lon: number, lat: number, tags: Tags | null) => void): void;
}

/** Ways people may walk, with their nodes. `refs[first[w]] … refs[first[w + 1] - 1]` are indices into the nodes. */
export interface WalkedWays {
  /** 1e-7 degrees; `missing` where the file has a way through it but not the node. */
  lon: Int32Array;
  lat: Int32Array;
  /** 1 blocked, 2 lift, 0 neither. */
  kind: Uint8Array;
  first: Uint32Array;
  refs: Uint32Array;
  flags: Uint16Array;
  /** How many nodes the ways name that the file does not have. */
  missingNodes: number;
}

export const missing = -2_147_483_648;

/** Keeps what can be walked. Two readings: first the ways, then only the nodes they name. Memory grows with those alone. */
export function readWalkedWays(source: OsmSource): WalkedWays {
  const ids = new Growing(Float64Array);
  const first = new Growing(Uint32Array);
  const flags = new Growing(Uint16Array);
  source.eachWay((refs, tags) => {
    const bits = refs.length < 2 ? null : flagsOfWay(tags);
    if (bits === null) return;
    first.push(ids.length);
    flags.push(bits);
    for (const ref of refs) ids.push(ref);
  });
  first.push(ids.length);
  const all = ids.taken();
  const known = unique(all);
  const nodes = readNodes(source, known);
  return {
    ...nodes,
    first: first.taken(),
    flags: flags.taken(),
    refs: all.length === 0 ? new Uint32Array(0) : placesIn(known, all),
  };
}

type Nodes = Pick<WalkedWays, 'lon' | 'lat' | 'kind' | 'missingNodes'>;

function readNodes(source: OsmSource, known: Float64Array): Nodes {
  const lon = new Int32Array(known.length).fill(missing);
  const lat = new Int32Array(known.length);
  const kind = new Uint8Array(known.length);
  source.eachNode((id, x, y, tags) => {
    const k = findIn(known, id);
    if (k < 0) return;
    lon[k] = x;
    lat[k] = y;
    const what = tags === null ? null : kindOfNode(tags);
    kind[k] = what === null ? 0 : what === 'blocked' ? 1 : 2;
  });
  let missingNodes = 0;
  for (const x of lon) if (x === missing) missingNodes++;
  return { lon, lat, kind, missingNodes };
}

export function unique(ids: Float64Array): Float64Array {
  const sorted = ids.slice().sort();
  let kept = 0;
  for (let k = 0; k < sorted.length; k++)
    if (k === 0 || sorted[k] !== sorted[k - 1]) sorted[kept++] = sorted[k] as number;
  return sorted.slice(0, kept);
}

function placesIn(known: Float64Array, ids: Float64Array): Uint32Array {
  return Uint32Array.from(ids, (id) => findIn(known, id));
}

/** Place of an id in sorted ids, −1 where it is not. */
export function findIn(known: Float64Array, id: number): number {
  let [low, high] = [0, known.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = known[middle] as number;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

type Numbers = Float64Array | Uint32Array | Uint16Array | Int32Array | Int16Array | Uint8Array;

/** A typed array that grows. */
export class Growing<T extends Numbers> {
  private held: T;
  length = 0;
  private readonly of: new (length: number) => T;

  constructor(of: new (length: number) => T) {
    this.of = of;
    this.held = new of(1024);
  }

  push(value: number): void {
    if (this.length === this.held.length) {
      const more = new this.of(this.held.length * 2);
      more.set(this.held);
      this.held = more;
    }
    this.held[this.length++] = value;
  }

  /** What was pushed. */
  taken(): T {
    return this.held.slice(0, this.length) as T;
  }
}
