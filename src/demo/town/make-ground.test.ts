import { expect, test } from 'vitest';
import { distanceM } from '#kit/geo.ts';
import { readRules } from '#server/modules/events/library-csv.ts';
import { careTags } from '#server/modules/people/tags.ts';
import { riskKinds } from '#server/modules/grids/risk-kinds.ts';
import { readFileSync } from 'node:fs';
import { byLinkOnly, handlerLogins } from './logins.ts';
import { cableWellId, careCount, makeGround, restrictedCount, riskCount } from './make-ground.ts';
import { makeTown } from './make-town.ts';

const town = makeTown();
const ground = makeGround(town);
const well = town.geography.places.find(({ id }) => id === cableWellId);
const away = ({ lon, lat }: { lon: number; lat: number }) => distanceM([well?.lon ?? 0, well?.lat ?? 0], [lon, lat]);

test('as many as the street counts, of known kinds, each somebody’s business, the same on every machine', () => {
  expect([ground.risks.length, ground.care.length]).toEqual([riskCount, careCount + restrictedCount]);
  expect(ground.risks.filter(({ kind }) => !riskKinds().has(kind))).toEqual([]);
  expect(ground.care.filter(({ tags }) => tags.some((tag) => !careTags().has(tag)))).toEqual([]);
  expect([...ground.risks, ...ground.care].filter(({ responsibleId }) => responsibleId === null)).toEqual([]);
  expect(new Set(ground.risks.map(({ name }) => name)).size).toBe(riskCount);
  expect(makeGround(town)).toEqual(ground);
});

test('around the cable well of the story people live who cannot leave by themselves', () => {
  const near = ground.care.filter((person) => away(person) <= 100);
  expect(near.length).toBeGreaterThan(3);
  expect(near.some(({ tags }) => tags.includes('oxygen'))).toBe(true);
  expect(ground.risks.filter((risk) => away(risk) <= 100).map(({ kind }) => kind)).toContain('cable_well');
});

test('everybody called to that fire has a login, or comes by link', () => {
  const rule = readRules(readFileSync(new URL('../../../db/data/level-library.csv', import.meta.url), 'utf8')).find(
    ({ categoryCode }) => categoryCode === 'E0511',
  );
  const roles = [rule?.leadRole ?? '', ...(rule?.assistRoles ?? [])];
  expect(roles).toHaveLength(11);
  for (const role of roles) {
    const code = role === 'emergency_safety' ? `500103004-${role}` : `500103-${role}`;
    const unit = town.units.find((one) => one.code === code);
    const people = town.people.filter(({ appointment }) => appointment?.unitId === unit?.id);
    if (byLinkOnly.includes(code)) expect([code, people]).toEqual([code, []]);
    else
      expect([code, people.map(({ login }) => login)]).toEqual([code, expect.arrayContaining([handlerLogins[code]])]);
  }
});
