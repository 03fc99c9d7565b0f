/**
 * Makes lines that were drawn apart meet: crossing ground lines share a corner, loose ends reach the line they stop short of.
 * Works in plane metres; corners become nodes by their position, so lines that share a corner share a node.
 */
import { between, distance, pairsOf, type Xy } from '../geography/plane.ts';

/** One thing people walk along. */
export interface WalkLine {
  points: Xy[];
  tags: Readonly<Record<string, string>>;
  /** Bridges and tunnels pass over and under others: only their ends meet anything. */
  apart: boolean;
}

/** Nearer than this to a corner is at the corner. */
const cornerM = 0.5;
const cellM = 60;

/** The same lines, meeting one another. Ends that stop within `reachM` of a ground line are drawn to it. */
export function meeting(lines: readonly WalkLine[], reachM: number): WalkLine[] {
  const pieces = piecesOf(lines);
  const index = indexOf(pieces);
  for (const piece of pieces) crossAll(piece, index);
  const crossed = rejoined(lines, pieces);
  return drawnTogether(crossed, reachM);
}

interface Piece {
  line: number;
  place: number;
  from: Xy;
  to: Xy;
  /** Corners to be put in, by share of the way. */
  cuts: { share: number; at: Xy }[];
}

function piecesOf(lines: readonly WalkLine[]): Piece[] {
  return lines.flatMap(({ points, apart }, line) =>
    apart ? [] : pairsOf(points).map(([from, to], place): Piece => ({ line, place, from, to, cuts: [] })),
  );
}

const cellOf = (metres: number): number => Math.floor(metres / cellM);

function eachCell(from: Xy, to: Xy, widerM: number, take: (cell: string) => void): void {
  const [west, east] = [Math.min(from[0], to[0]) - widerM, Math.max(from[0], to[0]) + widerM];
  const [south, north] = [Math.min(from[1], to[1]) - widerM, Math.max(from[1], to[1]) + widerM];
  for (let x = cellOf(west); x <= cellOf(east); x++)
    for (let y = cellOf(south); y <= cellOf(north); y++) take(`${x},${y}`);
}

type Index = ReadonlyMap<string, readonly Piece[]>;

function indexOf(pieces: readonly Piece[]): Index {
  const index = new Map<string, Piece[]>();
  for (const piece of pieces)
    eachCell(piece.from, piece.to, 0, (cell) => {
      const held = index.get(cell);
      if (held === undefined) index.set(cell, [piece]);
      else held.push(piece);
    });
  return index;
}

function near(index: Index, from: Xy, to: Xy, widerM: number): Set<Piece> {
  const found = new Set<Piece>();
  eachCell(from, to, widerM, (cell) => index.get(cell)?.forEach((piece) => found.add(piece)));
  return found;
}

function crossAll(piece: Piece, index: Index): void {
  for (const other of near(index, piece.from, piece.to, 0)) {
    const later = other.line > piece.line || (other.line === piece.line && other.place > piece.place + 1);
    if (later) cross(piece, other);
  }
}

function cross(a: Piece, b: Piece): void {
  const [rx, ry, sx, sy] = [a.to[0] - a.from[0], a.to[1] - a.from[1], b.to[0] - b.from[0], b.to[1] - b.from[1]];
  const turn = rx * sy - ry * sx;
  if (turn === 0) return;
  const [dx, dy] = [b.from[0] - a.from[0], b.from[1] - a.from[1]];
  const [t, u] = [(dx * sy - dy * sx) / turn, (dx * ry - dy * rx) / turn];
  const [slackA, slackB] = [cornerM / Math.hypot(rx, ry), cornerM / Math.hypot(sx, sy)];
  if (t < -slackA || t > 1 + slackA || u < -slackB || u > 1 + slackB) return;
  const at = [a.from, a.to, b.from, b.to].find((corner) => distance(corner, between(a.from, a.to, t)) < cornerM);
  putIn(a, t, at ?? between(a.from, a.to, t));
  putIn(b, u, at ?? between(a.from, a.to, t));
}

/** Where a corner of the piece is as near as that, it stays and the other line is drawn to it. */
function putIn(piece: Piece, share: number, at: Xy): void {
  piece.cuts.push({ share: Math.max(0, Math.min(1, share)), at });
}

function rejoined(lines: readonly WalkLine[], pieces: readonly Piece[]): WalkLine[] {
  const own = new Map<number, Piece[]>();
  for (const piece of pieces) own.set(piece.line, [...(own.get(piece.line) ?? []), piece]);
  return lines.map((line, k) => {
    const mine = own.get(k);
    if (mine === undefined) return line;
    const points = mine.flatMap(({ from, cuts }) => [from, ...sorted(cuts)]);
    return { ...line, points: withoutRepeats([...points, line.points.at(-1) as Xy]) };
  });
}

const sorted = (cuts: Piece['cuts']): Xy[] => cuts.toSorted((a, b) => a.share - b.share).map(({ at }) => at);

function withoutRepeats(points: readonly Xy[]): Xy[] {
  return points.filter((point, k) => k === 0 || distance(point, points[k - 1] as Xy) > 0);
}

const nameOf = ([x, y]: Xy): string => `${x},${y}`;

/** Each loose end goes on to the nearest ground line of others, which takes in the corner. */
function drawnTogether(lines: readonly WalkLine[], reachM: number): WalkLine[] {
  const made = lines.map((line) => ({ ...line, points: [...line.points] }));
  const pieces = piecesOf(lines);
  const index = indexOf(pieces);
  const uses = new Map<string, number>();
  for (const { points, apart } of lines)
    if (!apart) for (const point of points) uses.set(nameOf(point), (uses.get(nameOf(point)) ?? 0) + 1);
  made.forEach((line, k) => {
    for (const end of [line.points[0], line.points.at(-1)]) {
      if (end === undefined || (uses.get(nameOf(end)) ?? 0) > (line.apart ? 0 : 1)) continue;
      const met = nearestPiece(index, k, end, reachM);
      if (met === undefined) continue;
      met.piece.cuts.push({ share: met.share, at: met.at });
      if (end === line.points[0]) line.points.unshift(met.at);
      else line.points.push(met.at);
    }
  });
  const cut = rejoined(lines, pieces);
  return made.map((line, k) => ({ ...line, points: withoutRepeats(withEnds(line, lines[k], cut[k])) }));
}

/** The line with the corners others asked for, and with its own ends drawn on. */
function withEnds(drawn: WalkLine, before: WalkLine | undefined, cut: WalkLine | undefined): Xy[] {
  if (before === undefined || cut === undefined) return drawn.points;
  const [first, last] = [drawn.points[0], drawn.points.at(-1)];
  const points = [...cut.points];
  if (first !== undefined && first !== before.points[0]) points.unshift(first);
  if (last !== undefined && last !== before.points.at(-1)) points.push(last);
  return points;
}

function nearestPiece(index: Index, line: number, point: Xy, reachM: number) {
  let best: { piece: Piece; share: number; at: Xy; metres: number } | undefined;
  for (const piece of near(index, point, point, reachM)) {
    if (piece.line === line) continue;
    const share = shareAlong(piece, point);
    const foot = between(piece.from, piece.to, share);
    const corner = [piece.from, piece.to].find((end) => distance(end, foot) < cornerM);
    const metres = distance(foot, point);
    if (metres <= reachM && metres < (best?.metres ?? Infinity)) best = { piece, share, at: corner ?? foot, metres };
  }
  return best;
}

function shareAlong({ from, to }: Piece, point: Xy): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const share = ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / (dx * dx + dy * dy);
  return Math.max(0, Math.min(1, share));
}
