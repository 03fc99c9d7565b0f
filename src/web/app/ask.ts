import { sessionRoutes } from '#contract/identity.ts';
import { call } from './call.ts';
import { ProblemError } from './problem.ts';
import { setCsrfToken } from './session.ts';
import { waitForSignIn } from './sign-in-gate.ts';

/**
 * `call` for people who are signed in: an expired session opens the sign-in sheet over the page and the request is
 * repeated afterwards, unchanged (its opId too); an outdated CSRF token is fetched anew once.
 */
export const ask: typeof call = async (route, input, options) => {
  try {
    return await call(route, input, options);
  } catch (error) {
    if (!(await recover(error))) throw error;
    return call(route, input, options);
  }
};

/** True when the obstacle is gone and the same request may be sent again. For uploads, which do not go through `ask`. */
export async function recover(error: unknown): Promise<boolean> {
  if (!(error instanceof ProblemError)) return false;
  if (error.code === 'session_expired' || error.code === 'not_signed_in') {
    await waitForSignIn();
    return true;
  }
  if (error.code !== 'csrf_refused') return false;
  const state = await call(sessionRoutes.me, {});
  setCsrfToken(state.csrfToken);
  if (state.account === null) await waitForSignIn();
  return true;
}
