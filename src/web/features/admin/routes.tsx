import type { AdminRoute } from '#web/app/admin-route.ts';
import { admin } from '#web/i18n/admin.ts';
import { onlyWords } from './shared/search.ts';

type MenuWord = keyof (typeof admin)['zh']['menu'];

function title(word: MenuWord): AdminRoute['title'] {
  return { zh: admin.zh.menu[word], en: admin.en.menu[word] };
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
  {
    path: 'account',
    anyOf: [],
    title: null,
    icon: 'people',
    load: async () => (await import('./account/AccountPage.tsx')).AccountPage,
  },
];
