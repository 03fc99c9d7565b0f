import { describe, expect, test } from 'vitest';
import { edgeFlag } from './network.ts';
import { flagsOfWay, kindOfNode, type Tags } from './walkable.ts';

const names = (flags: number | null): string[] | null =>
  flags === null ? null : Object.entries(edgeFlag).flatMap(([name, bit]) => ((flags & bit) === 0 ? [] : [name]));

describe('who may walk a way', () => {
  test.each<[Tags, string[] | null]>([
    [{ highway: 'footway' }, []],
    [{ highway: 'residential' }, []],
    [{ highway: 'motorway' }, null],
    [{ highway: 'motorway', foot: 'yes' }, null],
    [{ highway: 'trunk' }, null],
    [{ highway: 'trunk', sidewalk: 'both' }, []],
    [{ highway: 'trunk', foot: 'designated' }, []],
    [{ highway: 'primary', motorroad: 'yes' }, null],
    [{ highway: 'cycleway' }, null],
    [{ highway: 'cycleway', foot: 'yes' }, []],
    [{ highway: 'service', access: 'private' }, null],
    [{ highway: 'service', access: 'private', foot: 'yes' }, []],
    [{ highway: 'footway', foot: 'no' }, null],
    [{ highway: 'residential', foot: 'use_sidepath' }, null],
    [{ highway: 'construction' }, null],
    [{ railway: 'platform' }, []],
    [{ public_transport: 'platform' }, []],
    [{ railway: 'rail' }, null],
    [{ man_made: 'pier' }, []],
    [{ highway: 'steps' }, ['steps', 'noWheelchair', 'noPram']],
    [{ highway: 'steps', 'ramp:wheelchair': 'yes' }, ['steps']],
    [{ highway: 'steps', 'ramp:stroller': 'yes' }, ['steps', 'noWheelchair']],
    [{ highway: 'steps', conveying: 'forward' }, ['escalator', 'noWheelchair', 'noPram', 'forwardOnly']],
    [{ highway: 'steps', conveying: 'no' }, ['steps', 'noWheelchair', 'noPram']],
    [{ highway: 'footway', 'oneway:foot': '-1' }, ['backwardOnly']],
    [{ highway: 'footway', oneway: 'yes' }, []],
    [{ highway: 'elevator' }, ['lift']],
    [{ highway: 'footway', bridge: 'yes' }, ['offGround']],
    [{ highway: 'corridor' }, ['offGround']],
    [{ highway: 'path', surface: 'gravel', wheelchair: 'no' }, ['noWheelchair', 'rough']],
    [{ highway: 'footway', opening_hours: '06:00-22:00' }, ['hours']],
    [{ highway: 'footway', opening_hours: '24/7' }, []],
  ])('%j', (tags, flags) => {
    expect(names(flagsOfWay(tags))).toEqual(flags);
  });
});

describe('what a node does', () => {
  test.each<[Tags, ReturnType<typeof kindOfNode>]>([
    [{ highway: 'crossing' }, null],
    [{ highway: 'elevator' }, 'lift'],
    [{ barrier: 'bollard' }, null],
    [{ barrier: 'gate' }, null],
    [{ barrier: 'gate', access: 'private' }, 'blocked'],
    [{ barrier: 'gate', access: 'private', foot: 'designated' }, null],
    [{ barrier: 'gate', access: 'no' }, 'blocked'],
    [{ barrier: 'wall' }, 'blocked'],
  ])('%j', (tags, kind) => {
    expect(kindOfNode(tags)).toBe(kind);
  });
});
