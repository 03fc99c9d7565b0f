import { sql } from 'kysely';
import pg from 'pg';
import type { Clock } from '#kit/clock.ts';
import { seededRandom } from '#kit/random.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { FileStore } from '#server/files/file-store.ts';
import { readBookingWords } from '#server/modules/bookings/dictionary.ts';
import { createDictionary } from '#server/modules/events/dictionary.ts';
import { seedDictionaries } from '#server/modules/events/seed.ts';
import { readRules } from '#server/modules/inspections/seed.ts';
import { append } from '#server/modules/ledger/index.ts';
import { seedVisitRules } from '#server/modules/visits/dictionary.ts';
import { planDue } from '#server/modules/visits/plan.ts';
import { listRules } from '#server/modules/visits/store-rule.ts';
import type { Vault } from '#server/vault/vault.ts';
import { city } from './geography/names.ts';
import { makeCast } from './history/cast.ts';
import { makeHistory } from './history/make-history.ts';
import type { MemoryCase } from './history/perform.ts';
import { dayMs } from './history/rhythm.ts';
import { storeHistory } from './history/store-history.ts';
import { storePhotos } from './photos/store-photos.ts';
import { demoLogins, demoPassword, demoPlaceId, type DemoLogin } from './town/logins.ts';
import { makeGround, type Ground } from './town/make-ground.ts';
import { makeInspections, type Inspected } from './town/make-inspections.ts';
import { makeForce } from './town/make-force.ts';
import { makeHouseholds } from './town/make-households.ts';
import { demoSeed, makeTown, type Town } from './town/make-town.ts';
import { storeForce } from './town/store-force.ts';
import { storeGround } from './town/store-ground.ts';
import { drawLooks, storeInspections } from './town/store-inspections.ts';
import { makeGroups } from './town/make-groups.ts';
import { storeGroups } from './town/store-groups.ts';
import { storeHouseholds } from './town/store-households.ts';
import { makeDevices } from './town/make-devices.ts';
import { storeDevices } from './town/store-devices.ts';
import { makeServices } from './town/make-services.ts';
import { makeVisits } from './town/make-visits.ts';
import { storeRatings } from './town/store-ratings.ts';
import { storeServices } from './town/store-services.ts';
import { storeVisits } from './town/store-visits.ts';
import { drawStations, storeStationFacts } from './town/store-station-facts.ts';
import { linkActivities } from './town/link-activities.ts';
import { makePartnering } from './town/make-partnering.ts';
import { storePartnering } from './town/store-partnering.ts';
import { storeStations } from './town/store-stations.ts';
import { makeBookings } from './town/make-bookings.ts';
import { storeBookings } from './town/store-bookings.ts';
import { makeVolunteers } from './town/make-volunteers.ts';
import { storeVolunteers } from './town/store-volunteers.ts';
import { makeCells, makeFacilities } from './town/make-facilities.ts';
import { makeIdle } from './town/make-idle.ts';
import { makePolls } from './town/make-need-polls.ts';
import { makeNeeds } from './town/make-needs.ts';
import { makeSupplies } from './town/make-supplies.ts';
import { drawRooms, storeFacilities } from './town/store-facilities.ts';
import { storeNeeds } from './town/store-needs.ts';
import { storeSupplies } from './town/store-supplies.ts';
import { demoLifecircle, measureDemo, storeNetwork, type CircleParts } from './town/store-circle.ts';
import { planDemo } from './town/store-planning.ts';
import { produceDemo } from './town/store-shortfalls.ts';
import { storeTown } from './town/store-town.ts';
import { territoryOf } from './town/territory.ts';

export interface DemoParts {
  database: Database;
  /** The owner's connection: lets the tables be analysed at once instead of when autovacuum comes round. */
  ownerUrl?: string;
  vault: Vault;
  clock: Clock;
  /** Where photos go; without it the demo has none. */
  files?: FileStore;
  /** Told what is being done, one sentence each. */
  log: (line: string) => void;
  /** Smaller for tests that need no whole year. */
  history?: { days: number; perMonth: number };
}

export interface DemoLoaded {
  /** False when there was a territory already: the demo never touches a town that exists. */
  loaded: boolean;
  /** The logins worth printing; all have the same password. */
  accounts: readonly DemoLogin[];
  password: string;
}

const photosForDays = 45;

/**
 * Fills an empty, migrated database with the demo town and a year of its history up to the clock's now; loads the
 * dictionaries of db/data first when there are none. Does nothing when any area exists. Everything follows from one
 * seed and the clock; all or nothing. The ledger lines wait for the sequencer, which numbers them in the background.
 */
export async function loadDemo(parts: DemoParts): Promise<DemoLoaded> {
  const { database, clock, log } = parts;
  const answer = { accounts: demoLogins, password: demoPassword };
  if (await database.read(systemScope, hasTerritory)) return { loaded: false, ...answer };
  const startedMs = performance.now();
  await seedDictionaries(database, clock);
  const town = makeTown();
  const ground = makeGround(town);
  const devices = makeDevices(town.geography);
  const households = makeHouseholds(town, clock.now());
  const groups = makeGroups(town);
  const force = makeForce(town, clock.now());
  const volunteers = makeVolunteers(demoSeed + 25, town, clock.now());
  const bookings = makeBookings(demoSeed + 27, town, readBookingWords().examples, clock.now());
  const services = makeServices(town, clock.now());
  const partnering = makePartnering(town, clock.now());
  linkActivities(partnering, services.activities);
  const registers = makeRegisters(town, clock.now());
  const needs = makeNeeds(demoSeed + 64, { ...town, ...registers }, clock.now());
  const polls = makePolls(demoSeed + 65, groups.groups, clock.now());
  const cases = await writeHistory(parts, town);
  const visits = await writeVisits(parts, town, ground);
  const inspected = await writeInspections(parts, town, ground, cases);
  const pictures = parts.files === undefined ? undefined : await storePhotos(parts.files, cases);
  const lookPictures = parts.files === undefined ? new Map() : await drawLooks(parts.files, inspected);
  const doors = parts.files === undefined ? new Map() : await drawStations(parts.files);
  const rooms = parts.files === undefined ? [] : await drawRooms(parts.files);
  await database.inTx({ ...systemScope, restricted: '*' }, async (tx) => {
    await storeTown(tx, town);
    await storeStations(tx, town);
    await storeStationFacts(tx, { ...town, pictures: doors, nowMs: clock.now() });
    await storePartnering(tx, parts.vault, partnering);
    await storeGround(tx, parts.vault, ground);
    await storeDevices(tx, devices);
    await storeVisits(tx, parts.vault, visits, clock.now());
    await storeHouseholds(tx, parts.vault, households);
    await append(tx, {
      actor: { kind: 'system', accountId: null },
      action: 'demo.load',
      subject: { type: 'area', id: city.code },
      district: city.code,
      atMs: clock.now(),
      data: {
        seed: demoSeed,
        areas: town.geography.areas.length,
        units: town.units.length,
        accounts: town.people.length,
        events: cases.length,
        riskPoints: ground.risks.length,
        care: ground.care.length,
        devices: devices.length,
        stations: town.stations.length,
        volunteers: volunteers.people.length,
        partners: town.partners.length,
        households: households.length,
        offers: bookings.offers.length,
        bookings: bookings.bookings.length,
        services: services.services.length,
        activities: services.activities.length,
        groups: groups.groups.length,
        visits: visits.tasks.length,
        facilities: registers.facilities.length,
        cells: registers.cells.length,
        idle: registers.idle.length,
        needs: needs.length,
        polls: polls.length,
      },
    });
    await storeHistory({ tx, vault: parts.vault, rng: seededRandom(demoSeed + 4), pictures }, cases);
    await storeInspections(tx, seededRandom(demoSeed + 13), inspected, lookPictures);
    await storeGroups(tx, parts.vault, { town, made: groups, nowMs: clock.now() });
    await storeServices(tx, services);
    await storeForce(tx, parts.vault, force, clock.now());
    await storeVolunteers(tx, parts.vault, volunteers);
    await storeSupplies(tx, parts.vault, makeSupplies(demoSeed + 26, town, clock.now()));
    await storeBookings(tx, parts.vault, bookings);
    await storeFacilities(tx, { ...registers, pictures: rooms });
    if (parts.files !== undefined) await storeNetwork(tx, parts.files, town, clock.now());
    await storeNeeds(tx, { needs, polls });
    await storeRatings(tx, demoSeed + 71, clock.now());
  });
  if (parts.ownerUrl !== undefined) await gatherStatistics(parts.ownerUrl);
  if (parts.files !== undefined) await fillCircle({ database, clock, files: parts.files }, town);
  await planDue({ database, clock, events: { dictionary: createDictionary(database, clock) } });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  log(
    `Demo town loaded in ${seconds} s: ${town.geography.areas.length} areas, ${town.units.length} units, ` +
      `${town.people.length} people, ${cases.length} events of a year.`,
  );
  return { loaded: true, ...answer };
}

/** The life circle of the demo, by the program's own modules: what planners did, then measured, then the lists made from it. */
async function fillCircle(parts: CircleParts, town: Town): Promise<void> {
  await planDemo(parts, town);
  const circle = await demoLifecircle(parts);
  await measureDemo(parts, circle);
  await produceDemo(parts, circle);
}

/** What there is, who lives where, what stands idle. */
function makeRegisters({ geography }: Town, nowMs: number) {
  return {
    facilities: makeFacilities(demoSeed + 60, geography, nowMs),
    cells: makeCells(demoSeed + 61, geography, nowMs),
    idle: makeIdle(demoSeed + 62, geography, nowMs),
  };
}

/** The rules of the dictionary stand in the database before anybody is visited by them. */
async function writeVisits({ database, clock }: DemoParts, town: Town, { care }: Ground) {
  await seedVisitRules(database, clock);
  const rules = await database.read(systemScope, listRules);
  const storyGrid = town.geography.places.find(({ id }) => id === demoPlaceId)?.areaCode?.slice(0, 15) ?? '-';
  return makeVisits(care, rules, { nowMs: clock.now(), storyGrid });
}

/**
 * Fresh tables without statistics make slow plans. Only the owner may gather them. A small sample does until autovacuum
 * looks at the tables itself, within a minute or two, and takes half as long.
 */
async function gatherStatistics(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'huangge-demo' });
  await client.connect();
  try {
    await client.query('set default_statistics_target = 20');
    await client.query('analyze');
  } finally {
    await client.end();
  }
}

async function writeHistory({ database, clock, history, files }: DemoParts, town: Town) {
  const library = await createDictionary(database, clock).get();
  const nowMs = clock.now();
  return makeHistory({
    world: { territory: territoryOf(town), library },
    cast: makeCast(town.people),
    geography: town.geography,
    seed: demoSeed + 3,
    nowMs,
    photosFromMs: files === undefined ? nowMs : nowMs - photosForDays * dayMs,
    ...history,
  });
}

async function writeInspections(
  { database, clock }: DemoParts,
  town: Town,
  { risks }: Ground,
  cases: readonly MemoryCase[],
): Promise<Inspected[]> {
  const { categories } = await createDictionary(database, clock).get();
  return makeInspections({
    risks,
    cases,
    categoryName: (code) => categories.get(code)?.name ?? code,
    rules: await readRules(),
    nowMs: clock.now(),
    workerId: town.people.find(({ login }) => login === 'wangge')?.id ?? null,
  });
}

async function hasTerritory(tx: Tx): Promise<boolean> {
  const found = await sql<{ there: boolean }>`select exists (select from area) as there`.execute(tx.db);
  return found.rows[0]?.there === true;
}
