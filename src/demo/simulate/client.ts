/** Talks to a running server as its web pages do: session cookie, CSRF header, JSON. */

export interface Session {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  /** Answers what a report wants to know of a photo. */
  upload(kind: 'report' | 'before' | 'after', jpeg: Uint8Array): Promise<{ id: string; token: string }>;
}

/** An answer that was not 2xx, with the server's own words. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'Refused';
    this.status = status;
    this.code = code;
  }
}

/** A visitor without an account. `url` is the server's address, such as http://localhost:8141. */
export function visit(url: string, signal?: AbortSignal): Session {
  return sessionOf({ url, cookie: '', csrf: '', signal, uploads: '/api/public/uploads' });
}

/** @throws Refused when the login or password is wrong */
export async function signIn(url: string, login: string, password: string, signal?: AbortSignal): Promise<Session> {
  const answer = await send(
    { url, cookie: '', csrf: '', signal },
    'POST',
    '/api/session',
    JSON.stringify({ login, password }),
  );
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ');
  const { csrfToken } = (await answer.json()) as { csrfToken?: string };
  if (csrfToken === undefined) throw new Refused(401, 'second_factor_needed', `${login} needs a one-time code.`);
  return sessionOf({ url, cookie, csrf: csrfToken, signal, uploads: '/api/uploads' });
}

interface Connection {
  url: string;
  cookie: string;
  csrf: string;
  signal: AbortSignal | undefined;
}

function sessionOf(connection: Connection & { uploads: string }): Session {
  const json = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T;
  return {
    get: (path) => json(send(connection, 'GET', path)),
    post: (path, body) => json(send(connection, 'POST', path, JSON.stringify(body))),
    upload: (kind, jpeg) => json(send(connection, 'POST', `${connection.uploads}?kind=${kind}`, jpeg)),
  };
}

async function send(
  connection: Connection,
  method: string,
  path: string,
  body?: string | Uint8Array,
): Promise<Response> {
  const { url, cookie, csrf, signal } = connection;
  const answer = await fetch(new URL(path, url), {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': typeof body === 'string' ? 'application/json' : 'image/jpeg' }),
      ...(cookie === '' ? {} : { cookie }),
      ...(csrf === '' ? {} : { 'x-csrf-token': csrf }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Uint8Array.from(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (answer.ok) return answer;
  const problem = (await answer.json().catch(() => ({}))) as { code?: string; detail?: string; title?: string };
  throw new Refused(answer.status, problem.code ?? 'unknown', problem.detail ?? problem.title ?? answer.statusText);
}
