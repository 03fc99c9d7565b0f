import { codePath } from '#engine/territory/area-code.ts';
import type { DeviceKind, Metric } from '#contract/devices.ts';
import { randomInt, seededRandom, shuffled, type Rng } from '#kit/random.ts';
import type { DemoPlace, Geography } from '../geography/make-geography.ts';
import { seededId } from '../ids.ts';
import { demoSeed, foundedMs } from './make-town.ts';

export interface DemoDevice {
  id: string;
  code: string;
  name: string;
  kind: DeviceKind;
  metrics: Metric[];
  lon: number;
  lat: number;
  path: string[];
  areaCode: string;
  /** Invented, and known to everybody who reads this: never for a device of the real world. */
  secret: string;
}

/** The smoke sensor in the cable well of story 2. */
export const storyDevice = { code: 'CW-JKL-0001', secret: 'demo-cable-well-0001', placeId: 'cable-well-jiankanglu' };

const metrics = {
  smoke: [{ name: 'smoke_ppm', unit: 'ppm' }, { name: 'temp_c', unit: '℃' }],
  gas: [{ name: 'gas_lel', unit: '%LEL' }],
  power: [{ name: 'leak_ma', unit: 'mA' }, { name: 'cable_c', unit: '℃' }],
  sos: [],
  tilt: [{ name: 'tilt_deg', unit: '°' }],
  crack: [{ name: 'crack_mm', unit: 'mm' }],
  manhole: [{ name: 'lid_deg', unit: '°' }, { name: 'water_mm', unit: 'mm' }],
  water_level: [{ name: 'water_mm', unit: 'mm' }],
  crowd: [{ name: 'people', unit: '' }],
  air: [{ name: 'pm25', unit: 'µg/m³' }],
} as const satisfies Partial<Record<DeviceKind, readonly Metric[]>>; // prettier-ignore
type Kind = keyof typeof metrics;

/** At buildings: how many, how they are called, and how many metres from the door they may stand. */
const atBuildings: readonly [kind: Kind, prefix: string, count: number, what: string, metres: number][] = [
  ['smoke', 'SM', 130, '楼道烟感', 0],
  ['gas', 'GS', 55, '燃气报警器', 0],
  ['power', 'PW', 40, '电气火灾探测器', 0],
  ['sos', 'SO', 40, '一键求助', 0],
  ['tilt', 'TL', 20, '房屋倾角计', 0],
  ['crack', 'CR', 15, '裂缝计', 0],
  ['manhole', 'MH', 45, '门前井盖', 12],
];
const atPlaces: readonly [kind: Kind, prefix: string, kinds: readonly DemoPlace['kind'][], what: string][] = [
  ['water_level', 'WL', ['metro_station', 'metro_exit', 'bridge_foot', 'cable_well', 'station'], '积水计'],
  ['crowd', 'CD', ['square', 'metro_station', 'market', 'hospital'], '人流计'],
  ['air', 'AR', ['school', 'park', 'hospital'], '空气质量站'],
];

/** About 400 devices at buildings and places of the town. They expect no heartbeat: nobody sends for them. */
export function makeDevices({ buildings, places }: Geography): DemoDevice[] {
  const rng = seededRandom(demoSeed + 31);
  const devices: DemoDevice[] = [];
  const stand = (kind: Kind, code: string, secret: string, at: Standing): void => {
    const { name, lon, lat, areaCode } = at;
    const id = seededId(rng, foundedMs, devices.length);
    const path = codePath(areaCode);
    devices.push({ id, code, name, kind, metrics: [...metrics[kind]], lon, lat, path, areaCode, secret });
  };
  for (const [kind, prefix, count, what, metres] of atBuildings) {
    shuffled(rng, buildings)
      .slice(0, count)
      .forEach(({ address, lon, lat, areaCode }, k) => {
        const code = numbered(prefix, k);
        const near = {
          name: `${address}${what}`,
          lon: lon + shift(rng, metres),
          lat: lat + shift(rng, metres),
          areaCode,
        };
        stand(kind, code, `demo-${code}`, near);
      });
  }
  for (const [kind, prefix, kinds, what] of atPlaces) {
    places
      .filter((place) => kinds.includes(place.kind))
      .forEach(({ name, lon, lat, areaCode }, k) => {
        const code = numbered(prefix, k);
        if (areaCode !== null) stand(kind, code, `demo-${code}`, { name: `${name}${what}`, lon, lat, areaCode });
      });
  }
  const well = places.find(({ id }) => id === storyDevice.placeId);
  if (well === undefined || well.areaCode === null) throw new Error(`The demo has no place ${storyDevice.placeId}.`);
  stand('smoke', storyDevice.code, storyDevice.secret, { ...well, name: `${well.name}烟感`, areaCode: well.areaCode });
  return devices;
}

interface Standing {
  name: string;
  lon: number;
  lat: number;
  areaCode: string;
}

const numbered = (prefix: string, k: number): string => `${prefix}-${String(k + 1).padStart(4, '0')}`;
/** Degrees of up to so many metres either way. */
const shift = (rng: Rng, metres: number): number => randomInt(rng, -metres, metres) / 111_320;
