import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { visitForm } from '#contract/visits.ts';
import { formWords, readRules } from '#server/modules/visits/dictionary.ts';
import { firstForm } from '#server/modules/visits/rules-form.ts';
import { demoPlaceId } from './logins.ts';
import { makeGround } from './make-ground.ts';
import { makeTown } from './make-town.ts';
import { makeVisits, type DemoVisit } from './make-visits.ts';

const town = makeTown();
const { care } = makeGround(town);
const rules = readRules(readFileSync(new URL('../../../db/data/visit-rules.csv', import.meta.url), 'utf8'));
const storyGrid = town.geography.places.find(({ id }) => id === demoPlaceId)?.areaCode?.slice(0, 15) ?? '-';
const nowMs = Date.parse('2026-06-15T02:00:00Z');
const make = () => makeVisits(care, rules, { nowMs, storyGrid });
const visits = make();

const fields = Object.keys(visitForm.shape) as (keyof typeof visitForm.shape)[];
/** Tries at which somebody was seen, so that the form was asked, of each person in the order of time. */
const asked: Map<string, DemoVisit[]> = new Map();
for (const { person, tries } of visits.tasks.toSorted((a, b) => (a.endedMs ?? 0) - (b.endedMs ?? 0)))
  asked.set(person.id, [...(asked.get(person.id) ?? []), ...tries.filter(({ seen }) => seen)]);

test('at least nine in ten fields of the form are carried over from the visit before', () => {
  let carried = 0;
  let shown = 0;
  for (const tries of asked.values())
    for (const { changes } of tries) {
      shown += fields.length;
      carried += fields.filter((field) => !(field in changes)).length;
    }
  const share = carried / shown;
  process.stdout.write(
    `visits: ${carried} of ${shown} fields carried over (${(share * 100).toFixed(1)} %) at ${shown / fields.length} visits.\n`,
  );
  expect(shown / fields.length).toBeGreaterThan(care.length);
  expect(share).toBeGreaterThanOrEqual(0.9);
});

test('whoever was never visited has what their tags say filled in already', () => {
  const people = care.filter(({ restricted }) => !restricted);
  const known = people.map(({ tags }) => firstForm(formWords(), tags));
  const filled = known.filter(({ living, mobility }) => living !== null || mobility !== null).length;
  process.stdout.write(
    `visits: the tags alone answer a field of the first form for ${filled} of ${people.length} people.\n`,
  );
  expect(filled).toBeGreaterThan(0);
});

test('some were told to have moved or died, in the community of the story too; nobody visits them meanwhile', () => {
  const held = visits.people.filter(({ heldMs }) => heldMs !== null);
  expect(held.length).toBeGreaterThan(2);
  expect(held.some(({ person }) => person.areaCode.startsWith(storyGrid.slice(0, 12)))).toBe(true);
  expect(held.every(({ last, heldMs }) => ['moved_away', 'died'].includes(last.outcome) && last.atMs === heldMs)).toBe(
    true,
  );
  const open = new Set(visits.tasks.filter(({ endedMs }) => endedMs === null).map(({ person }) => person.id));
  expect(held.filter(({ person }) => open.has(person.id))).toEqual([]);
});

test('the same on every machine', () => {
  expect(make()).toEqual(visits);
});
