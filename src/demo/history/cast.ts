/** Who acts in the history: the people of the town as the program sees them. */
import { pickOne, type Rng } from '#kit/random.ts';
import { grantsOf } from '#server/modules/identity/office-rules.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { DemoPerson } from '../town/make-people.ts';
import { hourOf } from './rhythm.ts';

export interface Cast {
  /** Somebody of the unit in one of these roles: the shift of the hour for seats, else the first most often. */
  find(rng: Rng, unitId: string, roles: readonly string[], atMs: number): Actor | undefined;
  /** A grid worker of the grid: usually the full-time one. */
  findGridWorker(rng: Rng, gridCode: string): Actor | undefined;
  byId(accountId: string): Actor | undefined;
  /** The account with this login. */
  byLogin(login: string): Actor | undefined;
}

export function makeCast(people: readonly DemoPerson[]): Cast {
  const actors = new Map(people.map((person) => [person.id, toActor(person)]));
  const byLogin = new Map(people.map((person) => [person.login, person.id]));
  const ofUnit = group(people, (person) => `${person.appointment?.unitId} ${person.appointment?.role}`);
  const ofGrid = group(people, (person) => `${person.appointment?.areaCode} ${person.appointment?.role}`);
  const actorOf = (person: DemoPerson | undefined) => (person === undefined ? undefined : actors.get(person.id));

  return {
    find(rng, unitId, roles, atMs) {
      for (const role of roles) {
        const there = ofUnit.get(`${unitId} ${role}`);
        if (there === undefined || there.length === 0) continue;
        if (role.endsWith('_seat')) return actorOf(there[Math.floor(hourOf(atMs) / 8) % there.length]);
        return actorOf(rng() < 0.6 ? there[0] : pickOne(rng, there));
      }
      return undefined;
    },
    findGridWorker(rng, gridCode) {
      const role = rng() < 0.75 ? 'full_time' : pickOne(rng, ['part_time', 'leader', 'instructor']);
      const there = ofGrid.get(`${gridCode} ${role}`);
      return there === undefined ? undefined : actorOf(pickOne(rng, there));
    },
    byId: (accountId) => actors.get(accountId),
    byLogin: (login) => actors.get(byLogin.get(login) ?? ''),
  };
}

function toActor({ id, displayName, adminKind, appointment }: DemoPerson): Actor {
  const appointments = appointment === null ? [] : [appointment];
  return {
    kind: 'account',
    accountId: id,
    name: displayName,
    adminKind,
    grants: grantsOf({ adminKind, rootCode: null, appointments }),
    limitedTo: null,
  };
}

function group(people: readonly DemoPerson[], keyOf: (person: DemoPerson) => string): Map<string, DemoPerson[]> {
  const groups = new Map<string, DemoPerson[]>();
  for (const person of people) {
    if (person.appointment === null) continue;
    const there = groups.get(keyOf(person));
    if (there === undefined) groups.set(keyOf(person), [person]);
    else there.push(person);
  }
  return groups;
}
