import { unzlibSync } from 'fflate';
import { PbfReader } from 'pbf';
import { NetworkError } from './network-error.ts';
import type { OsmSource } from './osm-ways.ts';
import type { Tags } from './walkable.ts';

/** What of the format is understood; a file that needs more says so in its header. */
const understood = new Set(['OsmSchema-V0.6', 'DenseNodes']);
/** Blobs are at most 32 MiB, by the format. */
const largestBlob = 33_554_432;

/**
 * A file .osm.pbf. Source: OSM wiki "PBF Format". Blocks are unpacked one at a time, anew for each reading: memory stays at
 * one block.
 * @throws NetworkError osm_broken: not a PBF, cut short, or packed in a way we do not know
 */
export function openPbf(bytes: Uint8Array): OsmSource {
  return {
    eachWay: (take) =>
      eachBlock(bytes, (block) => eachGroup(block, 3, (within, message) => readWay(within, message, take))),
    eachNode: (take) =>
      eachBlock(bytes, (block) => {
        eachGroup(block, 2, (within, message) => readDense(within, message, take));
        eachGroup(block, 1, (within, message) => readNode(within, message, take));
      }),
  };
}

interface Block {
  words: string[];
  groups: Uint8Array[];
  granularity: number;
  latOffset: number;
  lonOffset: number;
}

function eachBlock(bytes: Uint8Array, take: (block: Block) => void): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at < bytes.length) {
    const headLength = at + 4 <= bytes.length ? view.getUint32(at) : -1;
    const headEnd = at + 4 + headLength;
    if (headLength < 0 || headLength > 65_536 || headEnd > bytes.length) throw cutShort(at, bytes.length);
    const head = { type: '', size: -1 };
    guarded(at, () => new PbfReader(bytes.subarray(at + 4, headEnd)).readFields(readHead, head));
    const end = headEnd + head.size;
    if (head.size < 0 || head.size > largestBlob || end > bytes.length) throw cutShort(at, bytes.length);
    const body = guarded(at, () => unpack(bytes.subarray(headEnd, end)));
    if (head.type === 'OSMHeader') assertUnderstood(body);
    else if (head.type === 'OSMData') take(guarded(at, () => readBlock(body)));
    else if (at === 0)
      throw new NetworkError(
        'osm_broken',
        `Expected a block OSMHeader at the beginning of the file, found "${head.type.slice(0, 20)}". Give a file .osm.pbf.`,
      );
    at = end;
  }
  if (bytes.length === 0) throw new NetworkError('osm_broken', 'Expected a file .osm.pbf, found no bytes.');
}

function cutShort(at: number, length: number): NetworkError {
  return new NetworkError(
    'osm_broken',
    `Expected a block of an .osm.pbf at byte ${at}, found something else or the end of the file (${length} bytes). The file is cut short or none; fetch it again.`,
  );
}

/** Whatever a broken block makes the readers throw is told as one thing. */
function guarded<T>(at: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof NetworkError) throw error;
    throw new NetworkError(
      'osm_broken',
      `The block at byte ${at} of the .osm.pbf cannot be read (${(error as Error).message}). Fetch the file again.`,
    );
  }
}

function readHead(tag: number, head: { type: string; size: number }, pbf: PbfReader): void {
  if (tag === 1) head.type = pbf.readString();
  else if (tag === 3) head.size = pbf.readVarint();
}

function unpack(blob: Uint8Array): Uint8Array {
  const found: { raw: Uint8Array | null; size: number; zlib: Uint8Array | null } = { raw: null, size: 0, zlib: null };
  new PbfReader(blob).readFields((tag, into, pbf) => {
    if (tag === 1) into.raw = pbf.readBytes();
    else if (tag === 2) into.size = pbf.readVarint();
    else if (tag === 3) into.zlib = pbf.readBytes();
  }, found);
  if (found.raw !== null) return found.raw;
  if (found.zlib === null || found.size > largestBlob)
    throw new NetworkError(
      'osm_broken',
      'Expected a block packed by zlib or not at all (at most 32 MiB), found another packing. Convert the file with osmium.',
    );
  return unzlibSync(found.zlib, { out: new Uint8Array(found.size) });
}

function assertUnderstood(body: Uint8Array): void {
  const needed: string[] = [];
  new PbfReader(body).readFields((tag, into, pbf) => {
    if (tag === 4) into.push(pbf.readString());
  }, needed);
  const strange = needed.filter((word) => !understood.has(word) && word !== 'HistoricalInformation');
  if (strange.length > 0)
    throw new NetworkError(
      'osm_broken',
      `The .osm.pbf needs ${strange.join(', ')}, which is not understood. Convert the file with osmium.`,
    );
}

function readBlock(body: Uint8Array): Block {
  const block: Block = { words: [], groups: [], granularity: 100, latOffset: 0, lonOffset: 0 };
  new PbfReader(body).readFields((tag, into, pbf) => {
    if (tag === 1)
      pbf.readMessage((inner, words: string[], p) => inner === 1 && words.push(p.readString()), into.words);
    else if (tag === 2) into.groups.push(pbf.readBytes());
    else if (tag === 17) into.granularity = pbf.readVarint();
    else if (tag === 19) into.latOffset = pbf.readVarint(true);
    else if (tag === 20) into.lonOffset = pbf.readVarint(true);
  }, block);
  return block;
}

/** Each message of one kind in the groups of a block: 1 node, 2 dense nodes, 3 way. */
function eachGroup(block: Block, kind: number, take: (block: Block, message: Uint8Array) => void): void {
  for (const group of block.groups) {
    new PbfReader(group).readFields((tag, _into, pbf) => {
      if (tag === kind) take(block, pbf.readBytes());
    }, null);
  }
}

/** 1e-7 degrees. */
const toUnits = (value: number, offset: number, granularity: number): number =>
  Math.round((offset + granularity * value) / 100);

function readWay({ words }: Block, message: Uint8Array, take: Parameters<OsmSource['eachWay']>[0]): void {
  const way: { id: number; keys: number[]; values: number[]; refs: number[] } = {
    id: 0,
    keys: [],
    values: [],
    refs: [],
  };
  new PbfReader(message).readFields((tag, into, pbf) => {
    if (tag === 1) into.id = pbf.readVarint();
    else if (tag === 2) pbf.readPackedVarint(into.keys);
    else if (tag === 3) pbf.readPackedVarint(into.values);
    else if (tag === 8) pbf.readPackedSVarint(into.refs);
  }, way);
  for (let k = 1; k < way.refs.length; k++) way.refs[k] = (way.refs[k] as number) + (way.refs[k - 1] as number);
  take(way.refs, tagsOf(words, way.keys, way.values), way.id);
}

function tagsOf(words: readonly string[], keys: readonly number[], values: readonly number[]): Tags {
  return Object.fromEntries(keys.map((key, k) => [words[key] ?? '', words[values[k] ?? 0]]));
}

function readNode(block: Block, message: Uint8Array, take: Parameters<OsmSource['eachNode']>[0]): void {
  const node = { id: 0, lat: 0, lon: 0, keys: [] as number[], values: [] as number[] };
  new PbfReader(message).readFields((tag, into, pbf) => {
    if (tag === 1) into.id = pbf.readSVarint();
    else if (tag === 2) pbf.readPackedVarint(into.keys);
    else if (tag === 3) pbf.readPackedVarint(into.values);
    else if (tag === 8) into.lat = pbf.readSVarint();
    else if (tag === 9) into.lon = pbf.readSVarint();
  }, node);
  const { words, granularity, lonOffset, latOffset } = block;
  const tags = node.keys.length === 0 ? null : tagsOf(words, node.keys, node.values);
  take(node.id, toUnits(node.lon, lonOffset, granularity), toUnits(node.lat, latOffset, granularity), tags);
}

function readDense(block: Block, message: Uint8Array, take: Parameters<OsmSource['eachNode']>[0]): void {
  const dense: Dense = { ids: [], lat: [], lon: [], keysValues: [] };
  new PbfReader(message).readFields((tag, into, pbf) => {
    if (tag === 1) pbf.readPackedSVarint(into.ids);
    else if (tag === 8) pbf.readPackedSVarint(into.lat);
    else if (tag === 9) pbf.readPackedSVarint(into.lon);
    else if (tag === 10) pbf.readPackedVarint(into.keysValues);
  }, dense);
  let [id, lat, lon, at] = [0, 0, 0, 0];
  for (let k = 0; k < dense.ids.length; k++) {
    id += dense.ids[k] as number;
    lat += dense.lat[k] as number;
    lon += dense.lon[k] as number;
    const read = denseTags(block.words, dense.keysValues, at);
    at = read.next;
    take(
      id,
      toUnits(lon, block.lonOffset, block.granularity),
      toUnits(lat, block.latOffset, block.granularity),
      read.tags,
    );
  }
}

interface Dense {
  ids: number[];
  lat: number[];
  lon: number[];
  /** Key, value, key, value, 0, and so for each node. */
  keysValues: number[];
}

function denseTags(
  words: readonly string[],
  keysValues: readonly number[],
  from: number,
): { tags: Tags | null; next: number } {
  let at = from;
  if ((keysValues[at] ?? 0) === 0) return { tags: null, next: at + 1 };
  const tags: Record<string, string> = {};
  for (; (keysValues[at] ?? 0) !== 0; at += 2)
    tags[words[keysValues[at] as number] ?? ''] = words[keysValues[at + 1] ?? 0] ?? '';
  return { tags, next: at + 1 };
}
