import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { deflateSync } from 'node:zlib';
import { PbfWriter } from 'pbf';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { buildNetwork } from './build.ts';
import { joinFields, openGeoTiff, openHgt } from './height-files.ts';
import type { NetworkError } from './network-error.ts';
import { readWalkedWays, type OsmSource } from './osm-ways.ts';
import { openOsmXml } from './read-osm-xml.ts';
import { openPbf } from './read-pbf.ts';

const xml = `<?xml version="1.0"?><osm version="0.6">
<node id="1" lat="29.5" lon="106.5"/><node id="2" lat="29.501" lon="106.5"><tag k="highway" v="elevator"/></node>
<node id="3" lat="29.502" lon="106.501"/>
<way id="9"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="steps"/><tag k="name" v="十八梯"/></way>
<relation id="4"><tag k="highway" v="x"/></relation></osm>`;

/** The same town as .osm.pbf, written by hand after the format's own description. */
function pbfOf({ dense = true, packing = 'zlib', feature = 'DenseNodes' } = {}): Uint8Array {
  const words = ['', 'highway', 'steps', 'elevator', 'name', '十八梯'];
  const head = new PbfWriter();
  head.writeStringField(4, 'OsmSchema-V0.6');
  head.writeStringField(4, feature);
  const nodes = [[1, 29.5, 106.5], [2, 29.501, 106.5], [3, 29.502, 106.501]] as const; // prettier-ignore
  const body = new PbfWriter();
  body.writeMessage(1, (_, p) => words.forEach((word) => p.writeStringField(1, word)), null);
  const unit = (degrees: number): number => Math.round(degrees * 1e7);
  const steps = (of: readonly number[]): number[] => of.map((value, k) => value - (of[k - 1] ?? 0));
  if (dense)
    body.writeMessage(2, (_, p) => p.writeMessage(2, (__, q) => {
      q.writePackedSVarint(1, steps(nodes.map(([id]) => id)));
      q.writePackedSVarint(8, steps(nodes.map(([, lat]) => unit(lat))));
      q.writePackedSVarint(9, steps(nodes.map(([, , lon]) => unit(lon))));
      q.writePackedVarint(10, [0, 1, 3, 0, 0]);
    }, null), null); // prettier-ignore
  else
    for (const [id, lat, lon] of nodes)
      body.writeMessage(2, (_, p) => p.writeMessage(1, (__, q) => {
        q.writeSVarintField(1, id);
        if (id === 2) {
          q.writePackedVarint(2, [1]);
          q.writePackedVarint(3, [3]);
        }
        q.writeSVarintField(8, unit(lat));
        q.writeSVarintField(9, unit(lon));
      }, null), null); // prettier-ignore
  body.writeMessage(2, (_, p) => p.writeMessage(3, (__, q) => {
    q.writeVarintField(1, 9);
    q.writePackedVarint(2, [1, 4]);
    q.writePackedVarint(3, [2, 5]);
    q.writePackedSVarint(8, [1, 1, 1]);
  }, null), null); // prettier-ignore
  return Buffer.concat([blob('OSMHeader', head.finish(), 'raw'), blob('OSMData', body.finish(), packing)]);
}

function blob(type: string, bytes: Uint8Array, packing: string): Buffer {
  const content = new PbfWriter();
  if (packing === 'raw') content.writeBytesField(1, bytes);
  else {
    content.writeVarintField(2, bytes.length);
    content.writeBytesField(packing === 'zlib' ? 3 : 4, deflateSync(bytes));
  }
  const body = content.finish();
  const head = new PbfWriter();
  head.writeStringField(1, type);
  head.writeVarintField(3, body.length);
  const length = Buffer.alloc(4);
  const said = head.finish();
  length.writeUInt32BE(said.length);
  return Buffer.concat([length, said, body]);
}

function told(source: OsmSource): unknown[] {
  const seen: unknown[] = [];
  source.eachNode((...node) => seen.push(node));
  source.eachWay((...way) => seen.push(way));
  return seen;
}

const codeOf = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return [(error as NetworkError).code, (error as Error).message];
  }
};

describe('a file of OpenStreetMap', () => {
  const town = [
    [1, 1_065_000_000, 295_000_000, null],
    [2, 1_065_000_000, 295_010_000, { highway: 'elevator' }],
    [3, 1_065_010_000, 295_020_000, null],
    [[1, 2, 3], { highway: 'steps', name: '十八梯' }, 9],
  ];

  test.each([
    ['dense nodes', {}],
    ['plain nodes', { dense: false }],
    ['unpacked', { packing: 'raw' }],
  ])('.pbf: %s', (_, how) => {
    expect(told(openPbf(pbfOf(how)))).toEqual(town);
  });

  test('.osm tells the same', () => {
    expect(told(openOsmXml(xml))).toEqual(town);
  });

  test.each<[string, Uint8Array, RegExp]>([
    ['cut short', pbfOf().slice(0, -5), /cut short/],
    ['empty', new Uint8Array(0), /no bytes/],
    [
      'no pbf at all',
      Buffer.from('PK\u0003\u0004 something else, long enough to be read as a length'),
      /cut short or none/,
    ],
    ['packed another way', pbfOf({ packing: 'lzma' }), /osmium/],
    ['of a newer kind', pbfOf({ feature: 'Levels' }), /needs Levels/],
    ['torn inside', pbfOf().map((byte, k) => (k > 60 && k < 120 ? byte ^ 0x55 : byte)), /cannot be read|cut short/],
  ])('.pbf %s is refused with what to do', (_, bytes, words) => {
    expect(codeOf(() => told(openPbf(bytes)))).toEqual(['osm_broken', expect.stringMatching(words)]);
  });

  test.each<[string, string, RegExp]>([
    ['cut short', xml.slice(0, 300), /not well-formed/],
    [
      'with a document type',
      `<!DOCTYPE osm [<!ENTITY x SYSTEM "file:///etc/hostname">]>${xml.slice(21)}`,
      /document type/,
    ],
    ['of something else', '<gpx/>', /Expected the element osm, found gpx/],
    ['empty', '', /not well-formed|no element/],
  ])('.osm %s is refused', (_, text, words) => {
    expect(codeOf(() => told(openOsmXml(text)))).toEqual(['osm_broken', expect.stringMatching(words)]);
  });
});

describe('heights', () => {
  test('of a tile are read big-endian from the north-west, and between samples evenly', () => {
    const bytes = new Uint8Array(1201 * 1201 * 2);
    const view = new DataView(bytes.buffer);
    view.setInt16(0, 500); // north-west corner: 30° N, 106° E
    view.setInt16(2, 300);
    view.setInt16(2 * 1201, -32_768);
    const field = openHgt('/anywhere/N29E106.hgt', bytes);
    expect([field.at(106, 30), field.at(106.5, 29.5), field.at(105.9, 29.5)]).toEqual([500, 0, NaN]);
    expect(field.at(106 + 0.5 / 1200, 30)).toBeCloseTo(400);
    expect(field.at(106, 30 - 0.4 / 1200)).toBe(500); // its lower neighbour is unknown
    expect(Math.round(field.stepM)).toBe(80);
    expect(joinFields([field, { stepM: 5, at: () => 7 }]).at(0, 0)).toBe(7);
  });

  test('of another size or name, or no GeoTIFF, are refused', async () => {
    expect(codeOf(() => openHgt('N29E106.hgt', new Uint8Array(10)))).toEqual([
      'heights_broken',
      expect.stringContaining('found "N29E106.hgt" of 10 bytes'),
    ]);
    expect(codeOf(() => openHgt('tile.hgt', new Uint8Array(2_884_802)))).toEqual([
      'heights_broken',
      expect.stringContaining('Expected a tile'),
    ]);
    await expect(openGeoTiff(new Uint8Array(40))).rejects.toMatchObject({ code: 'heights_broken' });
  });
});

const osm = join(import.meta.dirname, '../../../../shared/data/osm');
const there = existsSync(osm);
if (!there)
  process.stdout.write('Real maps are not beside the project: tests of Porto Alegre and Monaco are skipped.\n');

describe.skipIf(!there)('real towns', () => {
  test('Porto Alegre loads with its hills', async () => {
    const heights = await openGeoTiff(new Uint8Array(readFileSync(join(osm, 'porto-alegre/poa_elevation.tif'))));
    const ways = readWalkedWays(openPbf(new Uint8Array(readFileSync(join(osm, 'porto-alegre/poa_osm.pbf')))));
    const { network, report } = buildNetwork(ways, heights);
    expect(report.edges).toBeGreaterThan(20_000);
    expect(report.heightKnown).toBeGreaterThan(0.95);
    expect(report.islandEdges / report.edges).toBeLessThan(0.03);
    const heightsDm = network.shapeHeightDm.filter((height) => height > -32_768);
    expect([Math.min(...heightsDm) > -50, Math.max(...heightsDm) < 3_200]).toEqual([true, true]);
  });

  test('Monaco loads with its stairs and an SRTM tile', () => {
    const [tile] = Object.entries(unzipSync(new Uint8Array(readFileSync(join(osm, 'monaco/N43E007.hgt.zip')))));
    const heights = openHgt(tile?.[0] ?? '', tile?.[1] ?? new Uint8Array(0));
    const ways = readWalkedWays(openOsmXml(gunzipSync(readFileSync(join(osm, 'monaco/monaco.osm.gz'))).toString()));
    const { network, report } = buildNetwork(ways, heights);
    expect(report.heightKnown).toBeGreaterThan(0.95);
    expect([...network.edgeFlags].filter((flags) => (flags & 1) !== 0).length).toBeGreaterThan(50);
  });
});
