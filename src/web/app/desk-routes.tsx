import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { lazy } from 'react';
import { activitiesPart, activityPages } from '#web/features/activities/page.ts';
import { assistantPages } from '#web/features/assistant/pages.ts';
import { analyticsPages } from '#web/features/analytics/page.ts';
import { rehearsalPages } from '#web/features/admin/rehearsals/pages.ts';
import { adminRoutes } from '#web/features/admin/routes.tsx';
import { AlarmBell } from '#web/features/alarms/AlarmBell.tsx';
import { AlarmStrip } from '#web/features/alarms/AlarmStrip.tsx';
import { alarmPages } from '#web/features/alarms/page.ts';
import { servicesPart, servicesToday } from '#web/features/counter/desk/slots.ts';
import { briefPages } from '#web/features/briefs/pages.ts';
import { openDataPages } from '#web/features/opendata/desk/pages.ts';
import { bookingPages, bookingPart, bookingToday } from '#web/features/bookings/desk/pages.ts';
import { coveragePages } from '#web/features/coverage/page.ts';
import { DeskFailure, DeskNothing, PasswordPage } from '#web/features/desk/DeskPages.tsx';
import { boardQuery, listQuery } from '#web/features/desk/queries.ts';
import { filterOf, parseDeskSearch, sortOf } from '#web/features/desk/queue/filters.ts';
import { SignInSheet } from '#web/features/desk/sign-in/SignInSheet.tsx';
import { operationPages } from '#web/features/operations/routes.ts';
import { HandOverStrip } from '#web/features/force/HandOverStrip.tsx';
import { facilityPages } from '#web/features/facilities/pages.ts';
import { forcePages } from '#web/features/force/page.ts';
import { groupPages } from '#web/features/groups/desk/pages.ts';
import { riskMapLayer } from '#web/features/ground/map-layer.ts';
import { groundPages } from '#web/features/ground/pages.ts';
import { supplyPages, supplyPart, supplyToday } from '#web/features/supplies/desk/slots.ts';
import { partnerPages, partnerPart, partnersToday } from '#web/features/partners/desk/pages.ts';
import { shortfallPages } from '#web/features/shortfalls/pages.ts';
import { screenPages } from '#web/features/screen/page.ts';
import { stationMapLayer } from '#web/features/stations/desk/map-layer.ts';
import { stationPages } from '#web/features/stations/desk/pages.ts';
import { figuresPart, figuresToday, serviceFigurePages } from '#web/features/service-figures/page.ts';
import { lifecirclePages } from '#web/features/lifecircle/pages.ts';
import { needPages } from '#web/features/needs/desk/pages.ts';
import { patternPages } from '#web/features/patterns/page.ts';
import { planningPages } from '#web/features/planning/pages.ts';
import { textPages } from '#web/features/texts/pages.ts';
import { visitPages } from '#web/features/visits/page.ts';
import { rosterPart, rosterToday } from '#web/features/volunteers/page.ts';
import { warningPages } from '#web/features/warnings/page.ts';
import { WarningStrip } from '#web/features/warnings/WarningStrip.tsx';
import { InboxBell } from '#web/features/notices/InboxBell.tsx';
import { noticePages } from '#web/features/notices/pages.ts';
import { desk } from '#web/i18n/desk.ts';
import { textOf, useText } from '#web/i18n/area.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { ChartLinkContext } from '#web/ui/charts/ChartLink.tsx';
import type { DeskPage } from './desk-page.ts';
import { DeskSlotsContext, type DeskSlots } from './desk-slots.ts';
import { useFollow } from './Go.tsx';
import { mainOffice, may, meQuery, useMe, type Me } from './me.ts';
import { StationSlotsContext, type StationSlots } from './station-slots.ts';
import { parseSearchText, toSearchText } from './search-text.ts';

/** Pages of other features, in the order of the bar. */
const deskPages: readonly DeskPage[] = [
  ...alarmPages,
  ...operationPages,
  ...warningPages,
  ...groundPages,
  ...forcePages,
  ...groupPages,
  ...visitPages,
  ...coveragePages,
  ...stationPages,
  ...partnerPages,
  ...supplyPages,
  ...activityPages,
  ...serviceFigurePages,
  ...bookingPages,
  ...lifecirclePages,
  ...needPages,
  ...shortfallPages,
  ...facilityPages,
  ...planningPages,
  ...analyticsPages,
  ...patternPages,
  ...textPages,
  ...rehearsalPages,
  ...briefPages,
  ...openDataPages,
  ...screenPages,
  ...assistantPages,
  ...noticePages,
];
/** What other features show inside the frame. */
const slots: DeskSlots = {
  barTools: [AlarmBell, InboxBell],
  strips: [AlarmStrip, WarningStrip, HandOverStrip],
  eventSections: [
    // Fetched with the first event that is opened.
    lazy(async () => ({ default: (await import('#web/features/texts/AdviceSection.tsx')).AdviceSection })),
    lazy(async () => ({ default: (await import('#web/features/operations/section/JointSection.tsx')).JointSection })),
    lazy(async () => ({ default: (await import('#web/features/incidents/IncidentSection.tsx')).IncidentSection })),
    lazy(async () => ({ default: (await import('#web/features/ground/RiskSection.tsx')).RiskSection })),
    lazy(async () => ({ default: (await import('#web/features/analytics/ExclusionSection.tsx')).ExclusionSection })),
    lazy(async () => ({ default: (await import('#web/features/assistant/AssistantSection.tsx')).AssistantSection })),
  ],
  wordTools: [lazy(async () => ({ default: (await import('#web/features/assistant/WordTool.tsx')).WordTool }))],
  mapLayers: [riskMapLayer, stationMapLayer],
  careSections: [lazy(async () => ({ default: (await import('#web/features/visits/VisitPast.tsx')).VisitPast }))],
};

/** What other features show of stations: tabs of one station in this order, cards on the page of all. */
const stationSlots: StationSlots = {
  parts: [partnerPart, rosterPart, supplyPart, servicesPart, activitiesPart, figuresPart, bookingPart],
  today: [rosterToday, servicesToday, partnersToday, supplyToday, figuresToday, bookingToday],
};

/** The map of the desk's addresses: one page each, fetched when first shown. */
const rootRoute = createRootRouteWithContext<{ client: QueryClient }>()({
  component: () => (
    <>
      <Outlet />
      <SignInSheet />
    </>
  ),
  notFoundComponent: DeskNothing,
  errorComponent: DeskFailure,
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/sign-in',
  component: lazyRouteComponent(() => import('#web/features/desk/sign-in/SignInPage.tsx'), 'SignInPage'),
});

const Shell = lazyRouteComponent(() => import('#web/features/desk/shell/Shell.tsx'), 'Shell');

/** Everything behind the door: whoever is not signed in is shown the door and comes back here afterwards. */
const insideRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    const { account } = await context.client.ensureQueryData(meQuery);
    const mustChange = account?.mustChangePassword === true;
    if (account === null || mustChange)
      throw redirect({ to: '/desk/sign-in', search: { returnTo: location.href } as never, replace: true });
    return { me: account };
  },
  component: Inside,
});

function Inside() {
  const me = useMe();
  const follow = useFollow();
  const lang = languageChoice.use();
  const admin = adminRoutes.flatMap((page) =>
    page.title !== null && may(me, ...page.anyOf)
      ? [{ href: `/desk/admin/${page.path}`, words: textOf(page.title, lang) as string }]
      : [],
  );
  const pages = deskPages.flatMap((page) =>
    page.title !== null && may(me, ...page.anyOf)
      ? [{ href: `/desk/${page.path}`, words: textOf(page.title, lang) as string, group: page.group }]
      : [],
  );
  return (
    <DeskSlotsContext value={slots}>
      <StationSlotsContext value={stationSlots}>
        <ChartLinkContext value={follow}>
          <Shell admin={admin} pages={pages} />
        </ChartLinkContext>
      </StationSlotsContext>
    </DeskSlotsContext>
  );
}

const deskRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/desk',
  validateSearch: parseDeskSearch,
  beforeLoad: ({ context, search }) => {
    const { me } = context as unknown as { me: Me };
    if (!may(me, 'event.read')) {
      // Planners begin with the life circle.
      const own = deskPages.find((page) => page.group === 'circle' && may(me, ...page.anyOf));
      if (own !== undefined) throw redirect({ to: `/desk/${own.path}`, replace: true });
      const first = adminRoutes.find((page) => page.title !== null && may(me, ...page.anyOf));
      if (first !== undefined) throw redirect({ to: `/desk/admin/${first.path}`, replace: true });
      return;
    }
    // No view named: handlers begin with what waits for them, centres with all that is open.
    const { event, sort } = search;
    if (Object.keys(filterOf(search)).length > 0 || sort !== undefined) return;
    const kind = mainOffice(me)?.unitKind;
    const start = kind === 'centre' || kind === 'committee' ? { open: true } : { mine: true };
    throw redirect({ to: '/desk', search: parseDeskSearch({ ...start, event }), replace: true });
  },
  loaderDeps: ({ search }) => ({ filter: filterOf(search), sort: sortOf(search) }),
  loader: ({ context, deps }) => {
    // Begun here, so that the rows travel while the page's code does; the page waits for neither.
    void context.client.prefetchInfiniteQuery(listQuery(deps.filter, deps.sort));
    void context.client.prefetchQuery(boardQuery);
  },
  component: lazyRouteComponent(() => import('#web/features/desk/Workspace.tsx'), 'Workspace'),
});

const newRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/desk/new',
  component: lazyRouteComponent(() => import('#web/features/desk/report/ReportPage.tsx'), 'ReportPage'),
});

const passwordRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/desk/password',
  component: PasswordPage,
});

const administration = adminRoutes.map((page) =>
  createRoute({
    getParentRoute: () => insideRoute,
    path: `/desk/admin/${page.path}`,
    ...(page.validateSearch === undefined ? {} : { validateSearch: page.validateSearch }),
    component: lazyRouteComponent(async () => ({ Page: await page.load() }), 'Page'),
  }),
);

const others = deskPages.map((page) =>
  createRoute({
    getParentRoute: () => insideRoute,
    path: `/desk/${page.path}`,
    ...(page.validateSearch === undefined ? {} : { validateSearch: page.validateSearch }),
    component: lazyRouteComponent(async () => ({ Page: await page.load() }), 'Page'),
  }),
);

const tree = rootRoute.addChildren([
  signInRoute,
  insideRoute.addChildren([deskRoute, newRoute, passwordRoute, ...others, ...administration]),
]);

export function makeDeskRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    parseSearch: parseSearchText,
    stringifySearch: toSearchText,
    defaultPreload: false,
    scrollRestoration: false,
    defaultPendingComponent: Waiting,
    defaultPendingMs: 400,
  });
}

function Waiting() {
  return (
    <p className="waiting" role="status">
      {useText(desk).queue.loading}
    </p>
  );
}
