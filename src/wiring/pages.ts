import type { FirstNeed } from '#server/http/pages-first.ts';

/** What residents' pages need first, by address as in src/web/app/resident.tsx. On a slow phone each is a trip saved. */
export const firstNeeds: readonly FirstNeed[] = [
  { path: /^\/stations\/?$/, code: 'stations', answer: () => '/api/public/stations' },
  {
    path: /^\/s\/([a-z0-9][a-z0-9-]{1,39})\/?$/,
    code: 'stations',
    answer: (code) => `/api/public/stations/${code}`,
  },
  { path: /^\/r\/([A-Za-z0-9_-]{20,100})\/?$/, answer: (secret) => `/api/public/receipts/${secret}` },
  { path: /^\/report\/?$/, answer: () => '/api/public/categories' },
  { path: /^\/t\/[^/]+\/?$/, code: 'src/web/features/agency/AgencyPage.tsx' },
  { path: /^\/n\/[^/]+\/?$/, code: 'src/web/features/helper/HelperPage.tsx' },
  { path: /^\/g\/[A-Za-z0-9_-]{20,100}\/?$/, code: 'src/web/features/groups/member/JoinPage.tsx' },
  { path: /^\/groups\/[0-9a-f-]{36}\/?$/, code: 'src/web/features/groups/member/GroupPage.tsx' },
  { path: /^\/groups\/?$/, code: 'src/web/features/groups/member/MinePage.tsx' },
  { path: /^\/p\/[A-Za-z0-9_-]{20,100}\/?$/, code: 'src/web/features/partners/own/PartnerPage.tsx' },
  { path: /^\/v\/[A-Za-z0-9_-]{20,100}\/?$/, code: 'src/web/features/volunteers/public/OwnPage.tsx' },
  { path: /^\/c\/[A-Za-z0-9-]{8,40}\/?$/, code: 'src/web/features/volunteers/public/CheckPage.tsx' },
  {
    path: /^\/survey\/(\d{12})\/?$/,
    code: 'src/web/features/needs/public/SurveyPage.tsx',
    answer: (area) => `/api/public/survey/${area}`,
  },
  { path: /^\/survey\/?$/, code: 'src/web/features/needs/public/WherePage.tsx', answer: () => '/api/public/streets' },
  {
    path: /^\/open\/?$/,
    code: 'src/web/features/opendata/public/OpenPage.tsx',
    answer: () => '/api/open-data/months/latest',
  },
  { path: /^\/book\/?$/, code: 'src/web/features/bookings/public/BookPage.tsx' },
  { path: /^\/b\/[A-Za-z0-9_-]{20,100}\/?$/, code: 'src/web/features/bookings/public/BookingPage.tsx' },
];
