import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { demoRoutes } from '#contract/demo.ts';
import { eventRoutes } from '#contract/events.ts';
import { gridsDocuments, gridsRoutes } from '#contract/grids.ts';
import { identityRoutes, oidcRoutes } from '#contract/identity.ts';
import { ledgerRoutes } from '#contract/ledger.ts';
import { libraryRoutes } from '#contract/library.ts';
import { riskRoutes } from '#contract/risk-points.ts';
import { publicRoutes } from '#contract/public.ts';
import { systemClock, toIso, type Clock } from '#kit/clock.ts';
import { openDatabase, type Database } from '#server/db/pool.ts';
import { diskStore } from '#server/files/file-store.ts';
import { mountFiles } from '#server/http/files.ts';
import { mountDocuments } from '#server/http/geojson.ts';
import { createLiveHub, mountLive, type LiveHub } from '#server/http/live.ts';
import { enter, mount, type MountOptions } from '#server/http/mount.ts';
import { openApiOf } from '#server/http/openapi.ts';
import { mountPages } from '#server/http/pages.ts';
import { mountOpen311 } from '#server/http/open311.ts';
import { createServer } from '#server/http/server.ts';
import { mountDownload, mountRedirect } from '#server/http/streams.ts';
import { startJobs, type Jobs } from '#server/jobs/jobs.ts';
import { createEvents, seedDictionaries } from '#server/modules/events/index.ts';
import { coverFor } from '#server/modules/force/index.ts';
import { createGrids, createTerritory } from '#server/modules/grids/index.ts';
import { createIdentity } from '#server/modules/identity/index.ts';
import { createOidcProvider, createOpen311 } from '#server/modules/integrations/index.ts';
import {
  assertAppendOnly,
  configureLedger,
  createSequencer,
  createSigner,
  exportLedger,
  ledgerHandlers,
} from '#server/modules/ledger/index.ts';
import { createOutgoing, type Outgoing } from '#server/net/guarded-fetch.ts';
import { assertSameVault } from '#server/vault/mark.ts';
import { createVault } from '#server/vault/vault.ts';
import type { Config } from './config.ts';
import { contracts } from './contracts.ts';
import { loadDemo } from './demo/index.ts';
import { fillPapers, type PaperParts } from './demo/town/fill-papers.ts';
import { joinAssistant } from './wiring/assistant.ts';
import { joinActivities } from './wiring/activities.ts';
import { joinAnalytics } from './wiring/analytics.ts';
import { joinBookings } from './wiring/bookings.ts';
import { joinBriefs } from './wiring/briefs.ts';
import { joinCoverage } from './wiring/coverage.ts';
import { joinFacilities } from './wiring/facilities.ts';
import { joinForce } from './wiring/force.ts';
import { joinGroups } from './wiring/groups.ts';
import { joinIncidents } from './wiring/incidents.ts';
import { joinInspections } from './wiring/inspections.ts';
import { joinNeeds } from './wiring/needs.ts';
import { joinNotices } from './wiring/notices.ts';
import type { Joined, Parts } from './wiring/parts.ts';
import { joinLifecircle } from './wiring/lifecircle.ts';
import { joinMqtt } from './wiring/mqtt.ts';
import { joinOpenData } from './wiring/opendata.ts';
import { joinOperations } from './wiring/operations.ts';
import { joinOutside } from './wiring/outside.ts';
import { joinPartners } from './wiring/partners.ts';
import { joinPlanning } from './wiring/planning.ts';
import { joinRehearsals } from './wiring/rehearsals.ts';
import { joinPatterns } from './wiring/patterns.ts';
import { joinPeople } from './wiring/people.ts';
import { joinServiceFigures } from './wiring/service-figures.ts';
import { joinServices } from './wiring/services.ts';
import { firstNeeds } from './wiring/pages.ts';
import { joinScreens } from './wiring/screens.ts';
import { joinSensing } from './wiring/sensing.ts';
import { joinShortfalls } from './wiring/shortfalls.ts';
import { eventJobs, ringAll, verifyNightly } from './wiring/spine-jobs.ts';
import { joinStations } from './wiring/stations.ts';
import { joinTexts } from './wiring/texts.ts';
import { joinVisits } from './wiring/visits.ts';
import { joinVolunteers } from './wiring/volunteers.ts';
import { joinSupplies } from './wiring/supplies.ts';
import { joinWarnings } from './wiring/warnings.ts';
import { makeWecom } from './wiring/wecom.ts';

export const programVersion = '0.1.0';

/** The whole program, built and ready to listen. */
export interface Program {
  app: FastifyInstance;
  database: Database;
  /** Where devices connect; null when an outside broker takes them, or none does. */
  mqttPort: number | null;
  /** Ends everything in the opposite order: no request, line or job is left half-done. */
  stop(): Promise<void>;
}

const riskFileTypes = { csv: 'text/csv; charset=utf-8', geojson: 'application/geo+json' } as const;

export interface WireOptions {
  config: Config;
  /** Owner's connection to a migrated database. */
  ownerUrl: string;
  /** Folder of the built web pages. */
  webDir: string;
  clock?: Clock;
  /** A shorter past for the demo, where a test needs no whole year. */
  history?: { days: number; perMonth: number };
  log: (line: string) => void;
  /** Where log lines of the server go; standard output when not given. */
  logTo?: { write(line: string): void };
}

/** Builds everything once, in order: ledger, identity, grids, events; then the doors. */
export async function wire({
  config,
  ownerUrl,
  webDir,
  clock = systemClock,
  history,
  log,
  logTo,
}: WireOptions): Promise<Program> {
  const database = openDatabase(ownerUrl, { max: config.poolSize });
  await assertAppendOnly(database);
  const vault = createVault(config.masterKeys, config.vault);
  await assertSameVault({ database, vault, clock }, config.vault.index);
  const app = await createServer({
    logLevel: config.logLevel,
    logTo,
    trustProxy: config.trustProxy,
    secure: config.secure,
  });

  const signer = createSigner(config.ledgerKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const sequencer = createSequencer({ database, tenant: config.tenant, signer, clock, log: app.log });
  configureLedger({ tenant: config.tenant, wake: () => sequencer.wake() });
  await sequencer.start();

  const oidc =
    config.oidc === null
      ? undefined
      : createOidcProvider({ ...config.oidc, redirectUri: new URL('/api/oidc/callback', config.publicUrl).href });
  const identity = createIdentity({
    database,
    vault,
    clock,
    secure: config.secure,
    ...(oidc === undefined ? {} : { oidc }),
  });
  const files = diskStore(join(config.dataDir, 'files'));
  await seedDictionaries(database, clock);
  const demo = config.demo
    ? await loadDemo({ database, ownerUrl, vault, clock, files, log, ...(history === undefined ? {} : { history }) })
    : null;
  // A year of lines: whoever comes first should see a ledger in order and live updates at once.
  if (demo?.loaded === true) await sequencer.idle();
  const territory = await createTerritory(database);
  const grids = createGrids({ database, territory, clock });
  const events = createEvents({ database, territory, vault, clock, sampleShare: config.sampleShare });

  const doors: MountOptions = { identify: identity.identify, secure: config.secure };
  mount(app, identityRoutes, identity.handlers, doors);
  mountSignInElsewhere(app, identity, doors);
  mount(app, gridsRoutes, grids.handlers, doors);
  mount(app, riskRoutes, grids.riskHandlers, doors);
  mountDocuments(app, gridsDocuments, grids.documents, doors);
  mountDownload(
    app,
    riskRoutes.export,
    ({ format }) => ({ name: `risk-points.${format}`, type: riskFileTypes[format] }),
    (query, { actor }) => grids.exportRiskPoints(actor, query),
    doors,
  );
  mount(app, eventRoutes, events.handlers, doors);
  mount(app, publicRoutes, events.publicHandlers, doors);
  mount(app, libraryRoutes, events.libraryHandlers, doors);
  mountFiles(app, files, events.photos, doors);
  const open311 = createOpen311({
    events: events.openData,
    territory,
    clock,
    identify: identity.identify,
    publicUrl: config.publicUrl,
    tenant: config.tenant,
  });
  await mountOpen311(app, open311, files);
  mount(app, ledgerRoutes, ledgerHandlers(database, config.tenant), doors);
  mountDownload(
    app,
    ledgerRoutes.export,
    { name: `huangge-ledger-${config.tenant}.ndjson`, type: 'application/x-ndjson; charset=utf-8' },
    (query) => exportLedger({ database, tenant: config.tenant, clock, ...query }),
    doors,
  );
  mount(
    app,
    demoRoutes,
    {
      demo: async () => ({
        demo: demo !== null,
        password: demo?.password ?? null,
        accounts: (demo?.accounts ?? []).map(({ login, title, titleEn }) => ({ login, name: title, nameEn: titleEn })),
        oidc: config.oidc === null ? null : { name: config.oidc.name },
      }),
      health: async () => {
        await database.pool.query('select 1');
        return { ok: true as const, version: programVersion, at: toIso(clock.now()) };
      },
    },
    doors,
  );
  const outgoing = createOutgoing({ allow: config.outgoingAllow });
  const hub = createLiveHub(sequencer);
  mountLive(app, hub, doors);
  const spine = { app, config, database, vault, clock, files, doors, sequencer, hub };
  const parts: Parts = { ...spine, territory, grids, identity, events, outgoing };
  const { joined, mqttPort, papers } = await joinModules(parts);
  if (demo?.loaded === true) await fillPapers({ ...papers, clock });
  const openApi = openApiOf(contracts);
  app.get('/api/openapi.json', async () => openApi);
  await mountPages(app, webDir, { needs: firstNeeds, clock });

  const report = (job: string, error: unknown): void =>
    app.log.error({ err: error, job }, 'A job failed; it will be tried again.');
  const jobs = await startJobs(
    database.pool,
    [
      ...identity.jobs,
      ...eventJobs(events, files, app),
      { name: 'ledger.verify', cron: '40 2 * * *', expireS: 3600, run: () => verifyNightly(database, config.tenant) },
      ...joined.flatMap((one) => one.jobs ?? []),
    ].map((job) => ({ ...job, name: job.name.replaceAll('.', '-') })),
    [{ name: 'ladder', everyMs: 1000, run: () => ringAll(events) }, ...joined.flatMap((one) => one.tickers ?? [])],
    report,
  );
  const stopRefresh = grids.startRefresh(5_000, (error) =>
    app.log.warn({ err: error }, 'The territory could not be looked at.'),
  );
  await identity.warm();
  const stop = () => stopAll({ app, hub, jobs, joined, outgoing, stopRefresh, sequencer, database });
  return { app, database, mqttPort, stop };
}

/** The modules above the spine, each joined by its own file in src/wiring, downhill ones first. */
async function joinModules(
  parts: Parts,
): Promise<{ joined: Joined[]; mqttPort: number | null; papers: Omit<PaperParts, 'clock'> }> {
  const people = joinPeople(parts);
  const operations = await joinOperations(parts, people.people);
  const wecom = makeWecom(parts);
  const groups = joinGroups(parts, wecom.sendOut);
  const sensing = await joinSensing(parts, { openPlan: operations.operations.openPlan });
  const incidents = await joinIncidents(parts);
  const warnings = await joinWarnings(parts);
  const inspections = await joinInspections(parts, { ...warnings, ...operations, ...people, standIn: coverFor });
  const coverage = joinCoverage(parts, groups.groups);
  const visits = await joinVisits(parts, { ...people, ...warnings, ...coverage, standIn: coverFor });
  const stations = joinStations(parts, warnings.warnings);
  const partners = joinPartners(parts, stations.stations.queries);
  const bookings = joinBookings(parts, stations.stations.queries);
  const supplies = joinSupplies(parts);
  const services = joinServices(parts, { ...warnings, ...stations, ...supplies });
  const activities = joinActivities(parts, { ...warnings, ...stations });
  const serviceFigures = joinServiceFigures(parts);
  const facilities = await joinFacilities(parts);
  const needs = joinNeeds(parts, { ...groups, ...bookings, ...visits });
  const lifecircle = await joinLifecircle(parts, facilities.facilities);
  const rehearsals = await joinRehearsals(parts, lifecircle.compute);
  const shortfalls = joinShortfalls(parts, { ...facilities, ...needs, ...lifecircle });
  const planning = joinPlanning(parts, { ...facilities, ...needs, ...lifecircle, ...shortfalls });
  const analytics = await joinAnalytics(parts);
  const opendata = joinOpenData(parts);
  const texts = await joinTexts(parts, lifecircle.compute);
  const patterns = joinPatterns(parts, lifecircle);
  const assistant = joinAssistant(parts);
  const briefs = joinBriefs(parts, { ...analytics, ...texts, ...patterns, ...assistant });
  const mqtt = await joinMqtt(parts, sensing.sensing.intake, sensing.devices);
  const notices = await joinNotices(parts);
  const force = joinForce(parts, notices.notices);
  const screens = joinScreens(parts, {
    ...sensing,
    ...warnings,
    ...operations,
    ...visits,
    ...stations,
    ...shortfalls,
    ...serviceFigures,
    ...force,
    ...texts,
    ...patterns,
  });
  const volunteers = joinVolunteers(parts, { stations: stations.stations.queries, ...notices });
  const outside = await joinOutside(parts, { ...stations, ...facilities });
  const bridges = await wecom.join(groups.groups);
  return {
    joined: [
      people,
      operations,
      groups,
      sensing,
      incidents,
      warnings,
      visits,
      services,
      activities,
      serviceFigures,
      facilities,
      lifecircle,
      rehearsals,
      assistant,
      shortfalls,
      planning,
      analytics,
      briefs,
      opendata,
      texts,
      patterns,
      inspections,
      coverage,
      stations,
      partners,
      bookings,
      supplies,
      needs,
      mqtt,
      notices,
      force,
      screens,
      volunteers,
      outside,
      bridges,
    ],
    mqttPort: mqtt.mqttPort,
    papers: { ...opendata, ...briefs },
  };
}

function mountSignInElsewhere(
  app: FastifyInstance,
  identity: ReturnType<typeof createIdentity>,
  doors: MountOptions,
): void {
  const { oidc } = identity;
  if (oidc === null) return;
  mountRedirect(app, oidcRoutes.oidcStart, (request) => oidc.start(oidcRoutes.oidcStart.query.parse(request.query)));
  mountRedirect(app, oidcRoutes.oidcCallback, async (request, reply) => {
    const ctx = await enter(request, reply, oidcRoutes.oidcCallback, doors);
    return oidc.finish(ctx, {
      query: request.query as Record<string, string>,
      waiting: request.cookies[oidc.cookieName] ?? null,
    });
  });
}

interface Running {
  app: FastifyInstance;
  hub: LiveHub;
  jobs: Jobs;
  joined: readonly Joined[];
  outgoing: Outgoing;
  stopRefresh: () => void;
  sequencer: { stop(): Promise<void> };
  database: Database;
}

async function stopAll({ app, hub, jobs, joined, outgoing, stopRefresh, sequencer, database }: Running): Promise<void> {
  hub.stop();
  stopRefresh();
  await app.close();
  await jobs.stop();
  for (const one of joined.toReversed()) await one.stop?.();
  await outgoing.close();
  await sequencer
    .stop()
    .catch((error: unknown) => app.log.error({ err: error }, 'The last tree head could not be signed.'));
  await database.close();
}
