import { fromArrayBuffer } from 'geotiff';
import type { HeightField } from './heights.ts';
import { metresPerUnit, perDegree } from './network.ts';
import { NetworkError } from './network-error.ts';

/** Samples in rows from north to south; `west`, `north` is the middle of the first. */
interface Raster {
  width: number;
  height: number;
  west: number;
  north: number;
  /** Degrees between samples, both positive. */
  stepLon: number;
  stepLat: number;
  samples: ArrayLike<number>;
  /** The word for "nothing here", besides NaN. */
  nothing: number | null;
}

/**
 * A tile of SRTM (.hgt, unpacked): 1201 or 3601 rows of big-endian metres; its name gives the south-west corner.
 * @param name like N43E007.hgt; anything around it does not matter
 * @throws NetworkError heights_broken: another size or name
 */
export function openHgt(name: string, bytes: Uint8Array): HeightField {
  const said = /([NS])(\d{2})([EW])(\d{3})/i.exec(name);
  const width = Math.sqrt(bytes.length / 2);
  if (said === null || (width !== 1201 && width !== 3601))
    throw new NetworkError(
      'heights_broken',
      `Expected a tile such as N29E106.hgt of 2,884,802 or 25,934,402 bytes, found "${name.slice(-60)}" of ${bytes.length} bytes. Fetch the tile again.`,
    );
  const south = Number(said[2]) * (said[1]?.toUpperCase() === 'S' ? -1 : 1);
  const west = Number(said[4]) * (said[3]?.toUpperCase() === 'W' ? -1 : 1);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = Int16Array.from({ length: width * width }, (_, k) => view.getInt16(2 * k));
  const step = 1 / (width - 1);
  return fieldOf({
    width,
    height: width,
    west,
    north: south + 1,
    stepLon: step,
    stepLat: step,
    samples,
    nothing: -32_768,
  });
}

/**
 * A GeoTIFF of heights in metres, in WGS-84 degrees, north up; its first band is read.
 * @throws NetworkError heights_broken: not a GeoTIFF, or in another projection
 */
export async function openGeoTiff(bytes: Uint8Array): Promise<HeightField> {
  try {
    const image = await (await fromArrayBuffer(new Uint8Array(bytes).buffer)).getImage();
    const keys = image.getGeoKeys() as { GTModelTypeGeoKey?: number } | null;
    const [west, south, east, north] = image.getBoundingBox() as [number, number, number, number];
    if (keys?.GTModelTypeGeoKey === 1 || Math.abs(west) > 360 || Math.abs(north) > 90)
      throw new NetworkError(
        'heights_broken',
        'Expected heights in WGS-84 degrees, found a projected GeoTIFF. Reproject it: gdalwarp -t_srs EPSG:4326.',
      );
    const [width, height] = [image.getWidth(), image.getHeight()];
    const [band] = (await image.readRasters({ samples: [0] })) as unknown as [ArrayLike<number>];
    const [stepLon, stepLat] = [(east - west) / width, (north - south) / height];
    const nothing = image.getGDALNoData();
    return fieldOf({
      width,
      height,
      west: west + stepLon / 2,
      north: north - stepLat / 2,
      stepLon,
      stepLat,
      samples: band,
      nothing,
    });
  } catch (error) {
    if (error instanceof NetworkError) throw error;
    throw new NetworkError(
      'heights_broken',
      `The GeoTIFF cannot be read (${(error as Error).message}). Fetch it again.`,
    );
  }
}

/** Several tiles as one: the first that knows a place tells. */
export function joinFields(fields: readonly HeightField[]): HeightField {
  return {
    stepM: Math.min(...fields.map(({ stepM }) => stepM)),
    at(lon, lat) {
      for (const field of fields) {
        const found = field.at(lon, lat);
        if (!Number.isNaN(found)) return found;
      }
      return NaN;
    },
  };
}

function fieldOf(raster: Raster): HeightField {
  const scale = metresPerUnit(raster.north);
  return {
    stepM: Math.max(1, Math.min(raster.stepLon * scale.x, raster.stepLat * scale.y) * perDegree),
    at: (lon, lat) => between(raster, (lon - raster.west) / raster.stepLon, (raster.north - lat) / raster.stepLat),
  };
}

/** Between the four samples around; half a sample outside is still the edge's. Unknown neighbours leave it to the known ones. */
function between(raster: Raster, column: number, row: number): number {
  const { width, height } = raster;
  if (column < -0.5 || row < -0.5 || column > width - 0.5 || row > height - 0.5) return NaN;
  const [x, y] = [Math.max(0, Math.min(width - 1, column)), Math.max(0, Math.min(height - 1, row))];
  const [left, top] = [Math.min(width - 2, Math.floor(x)), Math.min(height - 2, Math.floor(y))];
  const [right, low] = [x - left, y - top];
  let [sum, weight] = [0, 0];
  for (const [dx, dy, share] of [
    [0, 0, (1 - right) * (1 - low)],
    [1, 0, right * (1 - low)],
    [0, 1, (1 - right) * low],
    [1, 1, right * low],
  ] as const) {
    const sample = raster.samples[(top + dy) * width + left + dx] as number;
    if (share === 0 || Number.isNaN(sample) || sample === raster.nothing) continue;
    sum += sample * share;
    weight += share;
  }
  return weight < 0.25 ? NaN : sum / weight;
}
