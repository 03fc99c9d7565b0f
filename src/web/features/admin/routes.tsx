import type { AdminRoute } from '#web/app/admin-route.ts';
import { adminDevices } from '#web/i18n/admin-devices.ts';
import { admin } from '#web/i18n/admin.ts';
import { incidents } from '#web/i18n/incidents.ts';
import { noticeAdminPages } from './notices/routes.ts';
import { wecomAdminPages } from './wecom/routes.ts';
import { onlyWords } from './shared/search.ts';

type MenuWord = keyof (typeof admin)['zh']['menu'];

function title(word: MenuWord): AdminRoute['title'] {
  return { zh: admin.zh.menu[word], en: admin.en.menu[word] };
}

function deviceTitle(word: keyof (typeof adminDevices)['zh']['menu']): AdminRoute['title'] {
  return { zh: adminDevices.zh.menu[word], en: adminDevices.en.menu[word] };
}

/** The pages of administration, in the order of the menu. */
export const adminRoutes: readonly AdminRoute[] = [
  {
    path: 'people',
    anyOf: ['people.read'],
    title: title('people'),
    icon: 'people',
    validateSearch: onlyWords('q', 'area', 'unit', 'role', 'status'),
    load: async () => (await import('./people/PeoplePage.tsx')).PeoplePage,
  },
  {
    path: 'people/$id',
    anyOf: ['people.read'],
    title: null,
    icon: 'people',
    load: async () => (await import('./people/PersonPage.tsx')).PersonPage,
  },
  {
    path: 'roles',
    anyOf: ['people.read'],
    title: null,
    icon: 'list',
    load: async () => (await import('./people/RolesPage.tsx')).RolesPage,
  },
  {
    path: 'units',
    anyOf: ['grids.edit', 'people.read'],
    title: title('units'),
    icon: 'home',
    validateSearch: onlyWords('q', 'kind', 'unit', 'retired'),
    load: async () => (await import('./units/UnitsPage.tsx')).UnitsPage,
  },
  {
    path: 'grids',
    anyOf: ['grids.edit'],
    title: title('grids'),
    icon: 'map',
    validateSearch: onlyWords('parent'),
    load: async () => (await import('./grids/GridsPage.tsx')).GridsPage,
  },
  {
    path: 'import',
    anyOf: ['grids.edit'],
    title: null,
    icon: 'up',
    validateSearch: onlyWords('kind'),
    load: async () => (await import('./grids/ImportPage.tsx')).ImportPage,
  },
  {
    path: 'library',
    anyOf: ['library.edit', 'analytics.read'],
    title: title('library'),
    icon: 'list',
    validateSearch: onlyWords('q', 'tier', 'retired'),
    load: async () => (await import('./library/LibraryPage.tsx')).LibraryPage,
  },
  {
    path: 'devices',
    anyOf: ['device.edit'],
    title: deviceTitle('devices'),
    icon: 'bell',
    validateSearch: onlyWords('q', 'kind', 'state', 'device'),
    load: async () => (await import('./devices/DevicesPage.tsx')).DevicesPage,
  },
  {
    path: 'devices/import',
    anyOf: ['device.edit'],
    title: null,
    icon: 'up',
    load: async () => (await import('./devices/DeviceImportPage.tsx')).DeviceImportPage,
  },
  {
    path: 'dead-letters',
    anyOf: ['device.edit'],
    title: null,
    icon: 'warning',
    validateSearch: onlyWords('state', 'device'),
    load: async () => (await import('./devices/DeadLettersPage.tsx')).DeadLettersPage,
  },
  {
    path: 'thresholds',
    anyOf: ['device.edit'],
    title: deviceTitle('thresholds'),
    icon: 'warning',
    validateSearch: onlyWords('device', 'retired'),
    load: async () => (await import('./thresholds/ThresholdsPage.tsx')).ThresholdsPage,
  },
  {
    path: 'alert-sources',
    anyOf: ['device.edit'],
    title: null,
    icon: 'share',
    load: async () => (await import('./thresholds/SourcesPage.tsx')).SourcesPage,
  },
  {
    path: 'calendar',
    anyOf: ['calendar.edit'],
    title: title('calendar'),
    icon: 'clock',
    load: async () => (await import('./calendar/CalendarPage.tsx')).CalendarPage,
  },
  {
    path: 'incident-rules',
    anyOf: ['library.edit'],
    title: { zh: incidents.zh.admin.title, en: incidents.en.admin.title },
    icon: 'bell',
    load: async () => (await import('./incident-rules/IncidentRulesPage.tsx')).IncidentRulesPage,
  },
  {
    path: 'ledger',
    anyOf: ['ledger.read'],
    title: title('ledger'),
    icon: 'tree',
    load: async () => (await import('./ledger/LedgerPage.tsx')).LedgerPage,
  },
  {
    path: 'audit',
    anyOf: ['audit.read'],
    title: title('audit'),
    icon: 'search',
    validateSearch: onlyWords('actor', 'action', 'subject', 'from', 'until'),
    load: async () => (await import('./ledger/AuditPage.tsx')).AuditPage,
  },
  {
    path: 'security',
    anyOf: ['security.edit'],
    title: title('security'),
    icon: 'safety',
    validateSearch: onlyWords('q', 'show', 'outcome'),
    load: async () => (await import('./security/SecurityPage.tsx')).SecurityPage,
  },
  {
    path: 'tokens',
    anyOf: ['tokens.edit'],
    title: title('tokens'),
    icon: 'share',
    load: async () => (await import('./security/TokensPage.tsx')).TokensPage,
  },
  ...noticeAdminPages,
  ...wecomAdminPages,
  {
    path: 'account',
    anyOf: [],
    title: null,
    icon: 'people',
    load: async () => (await import('./account/AccountPage.tsx')).AccountPage,
  },
];
