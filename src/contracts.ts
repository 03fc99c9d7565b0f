import { analyticsUnitRoutes } from '#contract/analytics-units.ts';
import { analyticsRoutes } from '#contract/analytics.ts';
import { activityPublicRoutes, activityRoutes } from '#contract/activities.ts';
import { bookingPublicRoutes } from '#contract/bookings-public.ts';
import { bookingRoutes } from '#contract/bookings.ts';
import { briefRoutes } from '#contract/briefs.ts';
import { burdenRoutes } from '#contract/burden.ts';
import { forceLinkRoutes } from '#contract/force-links.ts';
import { forceRoutes } from '#contract/force.ts';
import { demoRoutes } from '#contract/demo.ts';
import { deviceRoutes } from '#contract/devices.ts';
import { facilityRoutes, populationRoutes, standardRoutes } from '#contract/facilities.ts';
import { filesRoutes } from '#contract/files.ts';
import { gridsDocuments, gridsRoutes } from '#contract/grids.ts';
import { idleRoutes } from '#contract/idle.ts';
import { identityRoutes, oidcRoutes } from '#contract/identity.ts';
import { groupPublicRoutes } from '#contract/groups-public.ts';
import { groupRoutes } from '#contract/groups.ts';
import { incidentRoutes } from '#contract/incidents.ts';
import { inspectionRoutes } from '#contract/inspections.ts';
import { ledgerRoutes } from '#contract/ledger.ts';
import { assistantRoutes } from '#contract/assistant.ts';
import { libraryRoutes } from '#contract/library.ts';
import { rehearsalRoutes } from '#contract/rehearsals.ts';
import { lifecircleRoutes } from '#contract/lifecircle.ts';
import { liveRoutes } from '#contract/live.ts';
import { eventRoutes } from '#contract/events.ts';
import { surveyRoutes } from '#contract/needs-public.ts';
import { needRoutes } from '#contract/needs.ts';
import { noticeAdminRoutes, noticeRoutes, webhookRoutes } from '#contract/notices.ts';
import { nearbyRoutes, operationRoutes } from '#contract/operations.ts';
import { taskLinkRoutes } from '#contract/operations-links.ts';
import { ogcRoutes } from '#contract/ogc.ts';
import { planRoutes } from '#contract/operations-plans.ts';
import { openDataRoutes, openReleaseRoutes } from '#contract/opendata.ts';
import { open311Around, open311Routes, open311TestRoutes } from '#contract/open311.ts';
import { careRoutes } from '#contract/care.ts';
import { coverageRoutes } from '#contract/coverage.ts';
import { careExportRoutes, careImportRoutes, careReviewRoutes, careRightsRoutes } from '#contract/care-files.ts';
import { riskRoutes } from '#contract/risk-points.ts';
import { planningRoutes } from '#contract/planning.ts';
import { publicRoutes } from '#contract/public.ts';
import { kioskRoutes, screenRoutes } from '#contract/screens.ts';
import { sensingRoutes } from '#contract/sensing.ts';
import { patternRoutes } from '#contract/patterns.ts';
import { partnerHereRoutes, partnerLinkRoutes } from '#contract/partners-public.ts';
import { partnerRoutes } from '#contract/partners.ts';
import { shortfallRoutes } from '#contract/shortfalls.ts';
import { stationPublicRoutes, stationRoutes } from '#contract/stations.ts';
import { supplyRoutes } from '#contract/supplies.ts';
import { textRoutes } from '#contract/texts.ts';
import { tileRoutes } from '#contract/tiles.ts';
import { warningOpenRoutes, warningSourceRoutes } from '#contract/warning-sources.ts';
import { warningRoutes } from '#contract/warnings.ts';
import { visitPastRoutes } from '#contract/visits-past.ts';
import { visitRoutes } from '#contract/visits.ts';
import { volunteerPublicRoutes } from '#contract/volunteers-public.ts';
import { volunteerRoutes } from '#contract/volunteers.ts';
import { wecomCallbackRoutes, wecomRoutes } from '#contract/wecom.ts';
import { serviceFigureRoutes } from '#contract/service-figures.ts';
import { serviceRoutes } from '#contract/services.ts';
import type { Route } from '#contract/route.ts';

/** Everything this program promises, by module: OpenAPI, the permission matrix and the laws read it. */
export const contracts = {
  analytics: analyticsRoutes,
  analyticsUnits: analyticsUnitRoutes,
  identity: identityRoutes,
  oidc: oidcRoutes,
  grids: gridsRoutes,
  maps: gridsDocuments,
  risk: riskRoutes,
  care: careRoutes,
  force: forceRoutes,
  forceLinks: forceLinkRoutes,
  burden: burdenRoutes,
  coverage: coverageRoutes,
  careExports: careExportRoutes,
  careImport: careImportRoutes,
  careReview: careReviewRoutes,
  careRights: careRightsRoutes,
  ledger: ledgerRoutes,
  events: eventRoutes,
  public: publicRoutes,
  library: libraryRoutes,
  rehearsals: rehearsalRoutes,
  assistant: assistantRoutes,
  lifecircle: lifecircleRoutes,
  plans: planRoutes,
  operations: operationRoutes,
  nearby: nearbyRoutes,
  taskLinks: taskLinkRoutes,
  groups: groupRoutes,
  groupsPublic: groupPublicRoutes,
  incidents: incidentRoutes,
  inspections: inspectionRoutes,
  files: filesRoutes,
  live: liveRoutes,
  devices: deviceRoutes,
  warnings: warningRoutes,
  warningSources: warningSourceRoutes,
  warningsOpen: warningOpenRoutes,
  open311: open311Routes,
  open311Test: open311TestRoutes,
  open311Around,
  ogc: ogcRoutes,
  tiles: tileRoutes,
  supplies: supplyRoutes,
  sensing: sensingRoutes,
  bookings: bookingRoutes,
  bookingsPublic: bookingPublicRoutes,
  stations: stationRoutes,
  stationsPublic: stationPublicRoutes,
  partners: partnerRoutes,
  partnerLinks: partnerLinkRoutes,
  partnersHere: partnerHereRoutes,
  visits: visitRoutes,
  visitPast: visitPastRoutes,
  volunteers: volunteerRoutes,
  volunteersPublic: volunteerPublicRoutes,
  needs: needRoutes,
  survey: surveyRoutes,
  notices: noticeRoutes,
  noticeAdmin: noticeAdminRoutes,
  webhooks: webhookRoutes,
  wecom: wecomRoutes,
  wecomCallback: wecomCallbackRoutes,
  texts: textRoutes,
  shortfalls: shortfallRoutes,
  services: serviceRoutes,
  serviceFigures: serviceFigureRoutes,
  activities: activityRoutes,
  facilities: facilityRoutes,
  standards: standardRoutes,
  population: populationRoutes,
  idle: idleRoutes,
  activitiesPublic: activityPublicRoutes,
  planning: planningRoutes,
  screens: screenRoutes,
  kiosk: kioskRoutes,
  patterns: patternRoutes,
  program: demoRoutes,
  briefs: briefRoutes,
  openReleases: openReleaseRoutes,
  openData: openDataRoutes,
} as const satisfies Record<string, Record<string, Route>>;
