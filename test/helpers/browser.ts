import cookie from '@fastify/cookie';
import fastify, { type FastifyInstance } from 'fastify';
import type { Handlers, Route } from '#contract/route.ts';
import type { Ctx, Identify } from '#server/http/context.ts';
import { mount } from '#server/http/mount.ts';
import { answerProblem } from '#server/http/problem.ts';

/** A server with nothing but one contract, as the real one mounts it (no TLS). */
export async function smallApp<C extends Record<string, Route>>(
  contract: C,
  handlers: Handlers<C, Ctx>,
  identify: Identify,
): Promise<FastifyInstance> {
  const app = fastify();
  await app.register(cookie);
  app.setErrorHandler(answerProblem);
  mount(app, contract, handlers, { identify, secure: false });
  return app;
}

export interface Answer {
  status: number;
  // Tests look into whatever came back.
  body: { [key: string]: unknown } & { code?: string; detail?: string };
}

/** One browser: keeps cookies and the CSRF token like a page of ours would. */
export interface Browser {
  cookies: Map<string, string>;
  csrfToken: string | null;
  call(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
}

export function openBrowser(app: FastifyInstance, address = '10.0.0.1'): Browser {
  const browser: Browser = {
    cookies: new Map(),
    csrfToken: null,
    async call(method, path, body, headers = {}) {
      const answer = await app.inject({
        method,
        url: path,
        remoteAddress: address,
        cookies: Object.fromEntries(browser.cookies),
        headers: { ...(browser.csrfToken === null ? {} : { 'x-csrf-token': browser.csrfToken }), ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      for (const set of answer.cookies) {
        if (set.value === '') browser.cookies.delete(set.name);
        else browser.cookies.set(set.name, set.value);
      }
      const found = answer.body === '' ? {} : (answer.json() as Answer['body']);
      if (typeof found['csrfToken'] === 'string') browser.csrfToken = found['csrfToken'];
      return { status: answer.statusCode, body: found };
    },
  };
  return browser;
}
