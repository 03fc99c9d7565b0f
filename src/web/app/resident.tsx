import { lazy, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { StationSectionsContext, ThingNoteContext, type StationSection } from './station-slots.ts';
import { BookingPage, BookPage, bookSection } from '#web/features/bookings/public/pages.ts';
import { ResidentPages, type LinkPage } from '#web/features/resident/ResidentPages.tsx';
import { loadNearest, loadOne } from '#web/features/stations/public/pages.ts';
import '#web/ui/theme.css';
import '#web/ui/light/light.css';
import '#web/features/resident/resident.css';

/** Units without accounts do their task behind a link; residents never load that page's code. */
const links: readonly LinkPage[] = [
  {
    path: /^\/t\/([^/]+)\/?$/,
    Page: lazy(async () => ({ default: (await import('#web/features/agency/AgencyPage.tsx')).AgencyPage })),
  },
  {
    path: /^\/n\/([^/]+)\/?$/,
    Page: lazy(async () => ({ default: (await import('#web/features/helper/HelperPage.tsx')).HelperPage })),
  },
  // Members of online groups come by a QR code, later by the id of their group.
  {
    path: /^\/g\/([A-Za-z0-9_-]{20,100})\/?$/,
    Page: lazy(async () => ({ default: (await import('#web/features/groups/member/JoinPage.tsx')).JoinPage })),
  },
  {
    path: /^\/groups\/([0-9a-f-]{36})\/?$/,
    Page: lazy(async () => ({ default: (await import('#web/features/groups/member/GroupPage.tsx')).GroupPage })),
  },
  {
    path: /^\/(groups)\/?$/,
    Page: lazy(async () => ({ default: (await import('#web/features/groups/member/MinePage.tsx')).MinePage })),
  },
  {
    path: /^\/p\/([A-Za-z0-9_-]{20,100})\/?$/,
    Page: lazy(async () => ({ default: (await import('#web/features/partners/own/PartnerPage.tsx')).PartnerPage })),
  },
  // 小红伞: the nearest station, and one of them by the code at its door.
  { path: /^\/(stations)\/?$/, Page: lazy(async () => ({ default: (await loadNearest()).NearestPage })) },
  {
    path: /^\/s\/([a-z0-9][a-z0-9-]{1,39})\/?$/,
    Page: lazy(async () => ({ default: (await loadOne()).OnePage })),
  },
  // Volunteers' own pages, and the page that checks a certificate of theirs.
  {
    path: /^\/v\/([A-Za-z0-9_-]{20,100})\/?$/,
    Page: lazy(async () => ({ default: (await import('#web/features/volunteers/public/OwnPage.tsx')).OwnPage })),
  },
  {
    path: /^\/c\/([A-Za-z0-9-]{8,40})\/?$/,
    Page: lazy(async () => ({ default: (await import('#web/features/volunteers/public/CheckPage.tsx')).CheckPage })),
  },
  // What is missing nearby: which community, the survey of it, and what came of it.
  {
    path: /^\/(survey)\/?$/,
    Page: lazy(async () => ({ default: (await import('#web/features/needs/public/WherePage.tsx')).WherePage })),
  },
  {
    path: /^\/survey\/(\d{12})\/?$/,
    Page: lazy(async () => ({ default: (await import('#web/features/needs/public/SurveyPage.tsx')).SurveyPage })),
  },
  {
    path: /^\/survey\/(\d{12})\/needs\/?$/,
    Page: lazy(async () => ({ default: (await import('#web/features/needs/public/ListPage.tsx')).ListPage })),
  },
  // What was fixed, for everybody.
  {
    path: /^\/(open)\/?$/,
    Page: lazy(async () => ({ default: (await import('#web/features/opendata/public/OpenPage.tsx')).OpenPage })),
  },
  // 七务一全: all that can be booked, and one's own booking.
  { path: /^\/(book)\/?$/, Page: BookPage },
  { path: /^\/b\/([A-Za-z0-9_-]{20,100})\/?$/, Page: BookingPage },
];

/** What other features show on the public page of a station, in this order; each fetched when it is shown. */
const stationSections: readonly StationSection[] = [
  bookSection,
  {
    key: 'activities',
    Section: lazy(async () => ({
      default: (await import('#web/features/activities/ComingSection.tsx')).ComingSection,
    })),
  },
  {
    key: 'volunteer',
    Section: lazy(async () => ({
      default: (await import('#web/features/volunteers/public/VolunteerSection.tsx')).VolunteerSection,
    })),
  },
  {
    key: 'partners',
    Section: lazy(async () => ({ default: (await import('#web/features/partners/here/HereSection.tsx')).HereSection })),
  },
  {
    key: 'certificates',
    Section: lazy(async () => ({
      default: (await import('#web/features/volunteers/public/NoticeSection.tsx')).NoticeSection,
    })),
  },
];

const ThingNote = lazy(async () => ({
  default: (await import('#web/features/supplies/public/ThingNote.tsx')).ThingNote,
}));

const place = document.getElementById('root');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <StationSectionsContext value={stationSections}>
        <ThingNoteContext value={ThingNote}>
          <ResidentPages links={links} />
        </ThingNoteContext>
      </StationSectionsContext>
    </StrictMode>,
  );
}
