import type { AdminRoute } from '#web/app/admin-route.ts';

/** The pages of administration, in the order of the menu. */
export const adminRoutes: readonly AdminRoute[] = [];
