import { withHeights, type HeightField } from './heights.ts';
import { hilbertOf } from './hilbert.ts';
import { metresPerUnit, perDegree, unknownHeight, type Network } from './network.ts';
import { Growing, missing, type WalkedWays } from './osm-ways.ts';

/** What became of the input. */
export interface BuildReport {
  nodes: number;
  edges: number;
  /** Metres of all edges kept. */
  lengthM: number;
  /** Parts not joined to the largest, which were left out: where each lies, and how many edges and metres it has; longest first, at most 100. */
  islands: { lon: number; lat: number; edges: number; lengthM: number }[];
  islandCount: number;
  /** Edges of all islands together. */
  islandEdges: number;
  missingNodes: number;
  /** Share of shape points whose height is known, 0 to 1; null without a field. */
  heightKnown: number | null;
}

/**
 * Makes a network of walked ways: a node wherever one can choose, an edge between, heights along it; keeps the largest part
 * that hangs together and reports the rest. Same input, same bytes. O(n log n) for n points.
 */
export function buildNetwork(ways: WalkedWays, field: HeightField | null): { network: Network; report: BuildReport } {
  const drawn = cutIntoEdges(ways);
  const part = partsOf(drawn);
  const keep = largest(drawn, part);
  const network = layOut(ways, drawn, { part, keep, field });
  return { network, report: reportOf(ways, drawn, { part, keep, network, hasField: field !== null }) };
}

/** Edges as runs of the ways' references; ends are numbers of their own, so that a blocked node ends each way apart. */
interface Drawn {
  from: Uint32Array;
  to: Uint32Array;
  /** Range in `ways.refs`. */
  begin: Uint32Array;
  end: Uint32Array;
  way: Uint32Array;
  /** Of an end: index of the node of the ways. */
  nodeOf: Uint32Array;
  lengthCm: Uint32Array;
}

const none = 0xffff_ffff;

function cutIntoEdges(ways: WalkedWays): Drawn {
  const cut = isCut(ways);
  const ends = endNumbers(ways.lon.length);
  const made = {
    from: new Growing(Uint32Array), to: new Growing(Uint32Array), begin: new Growing(Uint32Array), end: new Growing(Uint32Array),
    way: new Growing(Uint32Array), lengthCm: new Growing(Uint32Array),
  }; // prettier-ignore
  for (let w = 0; w + 1 < ways.first.length; w++) {
    eachRun(ways, w, cut, (begin, end) => {
      const lengthCm = lengthOf(ways, begin, end);
      if (lengthCm === 0) return;
      made.from.push(ends.of(ways.refs[begin] as number, ways.kind));
      made.to.push(ends.of(ways.refs[end] as number, ways.kind));
      made.begin.push(begin);
      made.end.push(end);
      made.way.push(w);
      made.lengthCm.push(lengthCm);
    });
  }
  return {
    from: made.from.taken(), to: made.to.taken(), begin: made.begin.taken(), end: made.end.taken(),
    way: made.way.taken(), lengthCm: made.lengthCm.taken(), nodeOf: ends.taken(),
  }; // prettier-ignore
}

/** Nodes where edges end: of two ways or twice of one, ends of ways, blocked ones, lifts. */
function isCut({ lon, kind, first, refs }: WalkedWays): Uint8Array {
  const cut = new Uint8Array(lon.length);
  const seen = new Uint8Array(lon.length);
  for (let w = 0; w + 1 < first.length; w++) {
    const [begin, end] = [first[w] as number, (first[w + 1] as number) - 1];
    for (let r = begin; r <= end; r++) {
      const node = refs[r] as number;
      if (seen[node] === 1 || r === begin || r === end || kind[node] !== 0) cut[node] = 1;
      seen[node] = 1;
    }
  }
  return cut;
}

/** Each run of a way between two cuts; broken where a node is missing. A closed run is halved, so that no edge is a loop. */
function eachRun(
  { lon, first, refs }: WalkedWays,
  w: number,
  cut: Uint8Array,
  take: (begin: number, end: number) => void,
): void {
  let begin = first[w] as number;
  const last = (first[w + 1] as number) - 1;
  for (let r = begin + 1; r <= last; r++) {
    const node = refs[r] as number;
    if (lon[node] === missing || lon[refs[r - 1] as number] === missing) begin = r;
    else if (cut[node] === 1) {
      if (refs[begin] === node && r - begin > 1) {
        const middle = (begin + r) >> 1;
        take(begin, middle);
        take(middle, r);
      } else take(begin, r);
      begin = r;
    }
  }
}

function endNumbers(nodes: number) {
  const number = new Uint32Array(nodes).fill(none);
  const nodeOf = new Growing(Uint32Array);
  return {
    of(node: number, kind: Uint8Array): number {
      const known = number[node] as number;
      if (known !== none && kind[node] !== 1) return known;
      number[node] = nodeOf.length;
      nodeOf.push(node);
      return nodeOf.length - 1;
    },
    taken: () => nodeOf.taken(),
  };
}

function lengthOf({ lon, lat, refs }: WalkedWays, begin: number, end: number): number {
  const scale = metresPerUnit((lat[refs[begin] as number] as number) / perDegree);
  let metres = 0;
  for (let r = begin; r < end; r++) {
    const [a, b] = [refs[r] as number, refs[r + 1] as number];
    const dx = ((lon[b] as number) - (lon[a] as number)) * scale.x;
    const dy = ((lat[b] as number) - (lat[a] as number)) * scale.y;
    metres += Math.hypot(dx, dy);
  }
  return Math.round(metres * 100);
}

/** The part every end belongs to, as the lowest end of it: union by path halving. */
function partsOf({ from, to, nodeOf }: Drawn): Uint32Array {
  const up = Uint32Array.from(nodeOf, (_, k) => k);
  const top = (k: number): number => {
    let at = k;
    while (up[at] !== at) {
      up[at] = up[up[at] as number] as number;
      at = up[at] as number;
    }
    return at;
  };
  for (let e = 0; e < from.length; e++) {
    const [a, b] = [top(from[e] as number), top(to[e] as number)];
    if (a !== b) up[Math.max(a, b)] = Math.min(a, b);
  }
  return up.map((_, k) => top(k));
}

/** The part with most metres; of equals the lowest. */
function largest(drawn: Drawn, part: Uint32Array): number {
  let best = none;
  const length = new Map<number, number>();
  drawn.from.forEach((end, e) => {
    const p = part[end] as number;
    length.set(p, (length.get(p) ?? 0) + (drawn.lengthCm[e] as number));
  });
  for (const [p, cm] of length) {
    const than = length.get(best) ?? -1;
    if (cm > than || (cm === than && p < best)) best = p;
  }
  return best;
}

interface LayOut {
  part: Uint32Array;
  keep: number;
  field: HeightField | null;
}

function layOut(ways: WalkedWays, drawn: Drawn, { part, keep, field }: LayOut): Network {
  const order = alongCurve(ways, drawn, part, keep);
  const numberOf = new Uint32Array(drawn.nodeOf.length).fill(none);
  order.forEach((end, k) => (numberOf[end] = k));
  const edges = [...drawn.from.keys()].filter((e) => part[drawn.from[e] as number] === keep);
  const firstOf = (e: number): number => numberOf[drawn.from[e] as number] as number;
  const secondOf = (e: number): number => numberOf[drawn.to[e] as number] as number;
  edges.sort((a, b) => firstOf(a) - firstOf(b) || secondOf(a) - secondOf(b) || a - b);
  const shapes = { lon: new Growing(Int32Array), lat: new Growing(Int32Array), height: new Growing(Int16Array) };
  const shapeFirst = new Uint32Array(edges.length + 1);
  edges.forEach((e, k) => {
    const refs = ways.refs.subarray(drawn.begin[e] as number, (drawn.end[e] as number) + 1);
    const flags = ways.flags[drawn.way[e] as number] as number;
    const shape = withHeights(
      Array.from(refs, (r) => ways.lon[r] as number),
      Array.from(refs, (r) => ways.lat[r] as number),
      flags,
      field,
    );
    shape.lon.forEach((x, p) => {
      shapes.lon.push(x);
      shapes.lat.push(shape.lat[p] as number);
      shapes.height.push(shape.heightDm[p] as number);
    });
    shapeFirst[k + 1] = shapes.lon.length;
  });
  const liftAt = (end: number): number => (ways.kind[drawn.nodeOf[end] as number] === 2 ? 1 : 0);
  return {
    nodeLon: Int32Array.from(order, (end) => ways.lon[drawn.nodeOf[end] as number] as number),
    nodeLat: Int32Array.from(order, (end) => ways.lat[drawn.nodeOf[end] as number] as number),
    edgeFrom: Uint32Array.from(edges, firstOf),
    edgeTo: Uint32Array.from(edges, secondOf),
    edgeLengthCm: Uint32Array.from(edges, (e) => drawn.lengthCm[e] as number),
    edgeFlags: Uint16Array.from(edges, (e) => ways.flags[drawn.way[e] as number] as number),
    edgeLifts: Uint8Array.from(edges, (e) => liftAt(drawn.from[e] as number) + liftAt(drawn.to[e] as number)),
    shapeFirst,
    shapeLon: shapes.lon.taken(),
    shapeLat: shapes.lat.taken(),
    shapeHeightDm: shapes.height.taken(),
  };
}

/** Ends of the part kept, near ones with near numbers. */
function alongCurve(ways: WalkedWays, { nodeOf }: Drawn, part: Uint32Array, keep: number): number[] {
  const ends = [...nodeOf.keys()].filter((end) => part[end] === keep);
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const end of ends) {
    const [x, y] = [ways.lon[nodeOf[end] as number] as number, ways.lat[nodeOf[end] as number] as number];
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  const side = Math.max(1, east - west, north - south);
  const place = new Float64Array(nodeOf.length);
  for (const end of ends) {
    const x = Math.floor((((ways.lon[nodeOf[end] as number] as number) - west) * 65_535) / side);
    const y = Math.floor((((ways.lat[nodeOf[end] as number] as number) - south) * 65_535) / side);
    place[end] = hilbertOf(x, y);
  }
  return ends.sort((a, b) => (place[a] as number) - (place[b] as number) || a - b);
}

interface Reported {
  part: Uint32Array;
  keep: number;
  network: Network;
  hasField: boolean;
}

function reportOf(ways: WalkedWays, drawn: Drawn, { part, keep, network, hasField }: Reported): BuildReport {
  const islands = new Map<number, { lon: number; lat: number; edges: number; lengthM: number }>();
  let kept = 0;
  drawn.from.forEach((end, e) => {
    const [p, metres] = [part[end] as number, (drawn.lengthCm[e] as number) / 100];
    if (p === keep) kept += metres;
    else {
      const node = drawn.nodeOf[p] as number;
      const at = { lon: (ways.lon[node] as number) / perDegree, lat: (ways.lat[node] as number) / perDegree };
      const island = islands.get(p) ?? { ...at, edges: 0, lengthM: 0 };
      islands.set(p, { ...island, edges: island.edges + 1, lengthM: island.lengthM + metres });
    }
  });
  const known = network.shapeHeightDm.reduce((sum, height) => sum + (height === unknownHeight ? 0 : 1), 0);
  return {
    nodes: network.nodeLon.length,
    edges: network.edgeFrom.length,
    lengthM: Math.round(kept),
    islands: [...islands.values()].sort((a, b) => b.lengthM - a.lengthM).slice(0, 100),
    islandCount: islands.size,
    islandEdges: [...islands.values()].reduce((sum, { edges }) => sum + edges, 0),
    missingNodes: ways.missingNodes,
    heightKnown: hasField ? known / Math.max(1, network.shapeHeightDm.length) : null,
  };
}
