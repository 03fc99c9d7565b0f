import { describe, expect, it } from 'vitest';
import { readProfile } from '#engine/network/read-profile.ts';
import { compileGraph } from '#engine/network/graph.ts';
import { hangPlaces, holdAt } from '#engine/network/holds.ts';
import { makeSnapper } from '#engine/network/snap.ts';
import { nearestFrom, nearestOf } from '#engine/reach/nearest.ts';
import { readDictionary } from '#server/files/dictionary.ts';
import { facilityClasses, findHoursFault } from '#server/modules/facilities/index.ts';
import { makeCells, makeFacilities } from './make-facilities.ts';
import { makeIdle } from './make-idle.ts';
import { makeNetwork } from './make-network.ts';
import { makeTown } from './make-town.ts';

const nowMs = Date.parse('2026-06-15T02:00:00Z');
const { geography } = makeTown();
const facilities = makeFacilities(1, geography, nowMs);
const cells = makeCells(2, geography, nowMs);
const idle = makeIdle(3, geography, nowMs);

describe('facilities of the demo', () => {
  it('are of every class, each code and name once, with hours that can be', () => {
    const classes = new Set(facilities.map(({ classCode }) => classCode));
    // Stations of 小红伞 follow their own register.
    expect([...facilityClasses().keys()].filter((code) => !classes.has(code))).toEqual(['rest_station']);
    expect(new Set(facilities.map(({ code }) => code)).size).toBe(facilities.length);
    expect(new Set(facilities.map(({ id }) => id)).size).toBe(facilities.length);
    const twins = [...Map.groupBy(facilities, ({ classCode, name }) => `${classCode} ${name}`)].filter(
      ([, rows]) => rows.length > 1,
    );
    expect(twins.map(([name]) => name)).toEqual([]);
    for (const { hours } of facilities) expect(hours === null ? undefined : findHoursFault(hours)).toBeUndefined();
    expect(facilities.length).toBeGreaterThan(250);
    expect(facilities.length).toBeLessThan(500);
  });

  it('nobody in Qiaobei reaches a fresh market within the eight minutes of the standard, and many others do', () => {
    const profile = readDictionary('walk-profiles.csv', (row) => ({ walks: readProfile(row) })).get('adult')?.walks;
    if (profile === undefined) throw new Error('There is no profile of an adult.');
    const { network } = makeNetwork(geography);
    const graph = compileGraph(network, profile, 'to');
    const snapper = makeSnapper(network);
    const holdsOf = (rows: readonly { lon: number; lat: number }[]) => {
      const holds = hangPlaces(
        graph,
        snapper,
        { lon: Float64Array.from(rows, ({ lon }) => lon), lat: Float64Array.from(rows, ({ lat }) => lat) },
        250,
      );
      return rows.flatMap((_, k) => holdAt(holds, k) ?? []);
    };
    const markets = holdsOf(facilities.filter(({ classCode }) => classCode === 'fresh_market'));
    const limitDs = 8 * 600;
    const nearest = nearestOf(graph, markets, 1, limitDs);
    const reached = (code: string) => {
      const homes = holdsOf(cells.filter(({ path }) => path.includes(code)));
      return (
        homes.filter((home) => nearestFrom(graph, nearest, home, []).some(({ ds }) => ds <= limitDs)).length /
        homes.length
      );
    };
    expect(reached('500105001001')).toBe(0);
    expect(reached('500103004')).toBeGreaterThan(0.4);
    expect(reached('500105001')).toBeGreaterThan(0.05);
  });
});

describe('population cells of the demo', () => {
  it('add up to the residents of the town, and nobody is counted twice', () => {
    const residents = geography.buildings.reduce((sum, one) => sum + one.residents, 0);
    expect(cells.reduce((sum, { people }) => sum + people, 0)).toBe(residents);
    for (const { people, elders, children } of cells) expect(elders + children).toBeLessThanOrEqual(people);
    const share = (key: 'elders' | 'children') => cells.reduce((sum, one) => sum + one[key], 0) / residents;
    expect(share('elders')).toBeGreaterThan(0.17);
    expect(share('elders')).toBeLessThan(0.24);
    expect(share('children')).toBeGreaterThan(0.1);
    expect(share('children')).toBeLessThan(0.16);
  });
});

describe('idle rooms of the demo', () => {
  it('are in both districts, of known uses; the tool room under the bridge could become a market', () => {
    expect(new Set(idle.map(({ district }) => district))).toEqual(new Set(['500103', '500105']));
    expect(new Set(idle.map(({ code }) => code)).size).toBe(idle.length);
    for (const { uses } of idle) for (const use of uses) expect(facilityClasses().has(use)).toBe(true);
    const room = idle.find(({ name }) => name === '桥下闲置工具房');
    expect(room).toMatchObject({ condition: 'repair', state: 'idle' });
    expect(room?.path).toContain('500105001001');
    expect(room?.uses).toContain('fresh_market');
  });
});
