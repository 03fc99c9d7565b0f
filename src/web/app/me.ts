import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';
import { sessionRoutes } from '#contract/identity.ts';
import type { ClientOutput, Permission } from '#contract/route.ts';
import { call } from './call.ts';
import { setCsrfToken } from './session.ts';

export type SessionState = ClientOutput<typeof sessionRoutes.me>;
export type Me = NonNullable<SessionState['account']>;

/** Who is signed in here; read once, and again after signing in or out. */
export const meQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => {
    const state = await call(sessionRoutes.me, {});
    setCsrfToken(state.csrfToken);
    return state;
  },
  staleTime: Infinity,
});

/** The signed-in person; null on pages that need none. */
export function useMe(): Me | null {
  return useQuery(meQuery).data?.account ?? null;
}

/** Does any office of this person carry the word? What it reaches, the server decides for each row. */
export function may(me: Me | null, ...anyOf: readonly Permission[]): boolean {
  return me !== null && anyOf.some((word) => me.permissions.includes(word));
}

/** The office shown beside the name: the first one in force. */
export function mainOffice(me: Me): Me['appointments'][number] | undefined {
  const live = me.appointments.filter((office) => office.live);
  return live.find((office) => office.isPrimary) ?? live[0];
}

/** Ends the session on the server, forgets what was read, and shows the door. */
export async function signOut(client: QueryClient): Promise<void> {
  await call(sessionRoutes.signOut, { body: {} }).catch(() => undefined);
  setCsrfToken(null);
  client.clear();
  location.assign('/desk/sign-in');
}
