import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMs } from '#test/helpers/events-world.ts';
import { openStory, type Story } from './ogc.fixture.ts';

/** The library QGIS opens such layers with, over the wire. */
const run = promisify(execFile);
const client = 'ogrinfo';
const present = spawnSync(client, ['--version']).status === 0;
if (!present) process.stderr.write('Not opened with GDAL: ogrinfo is not installed (apt-get install gdal-bin).\n');

describe.skipIf(!present)('GDAL reads the layers', () => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory();
    for (let k = 0; k < 12; k++)
      await story.report({ lon: 106.501 + k / 2000, lat: 29.503, atMs: startMs + k * 3_600_000 });
    for (const [k, code] of ['A', 'B', 'C'].entries()) await story.addRisk(code, [106.51 + k / 100, 29.51]);
  });
  afterAll(() => story.end());

  async function ogrinfo(...args: string[]): Promise<string> {
    const { stdout } = await run(client, ['-ro', `OAPIF:${story.base}/ogc`, ...args], {
      env: { ...process.env, GDAL_HTTP_HEADERS: `Authorization: Bearer ${story.token.city}`, LC_ALL: 'C.UTF-8' },
    });
    return stdout;
  }

  it('finds three layers', async () => {
    const text = await ogrinfo();
    for (const layer of ['areas', 'risk-points', 'events']) expect(text).toContain(layer);
  });

  it('counts them, with their geometry, extent and fields', async () => {
    const events = await ogrinfo('-so', 'events');
    expect(events).toMatch(/Feature Count: 12\b/);
    expect(events).toMatch(/Geometry: Point/);
    expect(events).toMatch(/categoryName: String/);
    expect(events).toMatch(/reportedAt: DateTime/);
    expect(await ogrinfo('-so', 'areas')).toMatch(/Feature Count: 7\b/);
    expect(await ogrinfo('-so', 'risk-points')).toMatch(/level: Integer/);
  });

  it('walks the pages, filters by a window and by a property', async () => {
    const all = await ogrinfo('-al', '-geom=NO', 'events', '-oo', 'PAGE_SIZE=5');
    expect(all.match(/^OGRFeature\(events\)/gm)).toHaveLength(12);
    const window = await ogrinfo('-geom=NO', 'risk-points', '-spat', '106.515', '29.5', '106.6', '29.6');
    expect(window.match(/^ {2}code \(String\) = ./gm)).toEqual(['  code (String) = B', '  code (String) = C']);
    const streets = await ogrinfo('-geom=NO', 'areas', '-where', "tier = 'street'");
    expect(streets.match(/^OGRFeature/gm)).toHaveLength(2);
  });
});
