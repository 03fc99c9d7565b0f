import type { groupPublicRoutes } from '#contract/groups-public.ts';
import type { ClientOutput, Route } from '#contract/route.ts';
import { addressOf, send, type CallInput, type CallOptions, type RouteRefs } from './call.ts';

/** What members of online groups may do, without the schemas (Zod stays off the phone). Types keep it equal to the contract. */
export const groupApi: RouteRefs<typeof groupPublicRoutes> = {
  invitation: { method: 'GET', path: '/api/public/groups/by-link/:secret' },
  join: { method: 'POST', path: '/api/public/groups/by-link/:secret/join' },
  mine: { method: 'GET', path: '/api/public/groups/mine' },
  home: { method: 'GET', path: '/api/public/groups/:id' },
  photo: { method: 'GET', path: '/api/public/groups/:id/photos/:photoId' },
  say: { method: 'POST', path: '/api/public/groups/:id/messages' },
  read: { method: 'POST', path: '/api/public/groups/:id/notices/:noticeId/read' },
  vote: { method: 'POST', path: '/api/public/groups/:id/polls/:pollId/vote' },
  leave: { method: 'POST', path: '/api/public/groups/:id/leave' },
};

const stored = 'huangge.member';

/** The key this browser was given when it first joined a group; null before. */
export function memberKey(): string | null {
  try {
    return localStorage.getItem(stored);
  } catch {
    return null;
  }
}

/** @returns false where the browser refuses to keep anything: then membership ends with the page */
export function keepMemberKey(key: string | null): boolean {
  try {
    if (key === null) localStorage.removeItem(stored);
    else localStorage.setItem(stored, key);
    return true;
  } catch {
    return false;
  }
}

/** Calls a member's route with the key of this browser in the header no other page can send. Throws as `call` does. */
export async function callAsMember<K extends keyof typeof groupApi>(
  name: K,
  input: CallInput<Extract<(typeof groupPublicRoutes)[K], Route>>,
  options: CallOptions = {},
): Promise<ClientOutput<(typeof groupPublicRoutes)[K]>> {
  const { method, path } = groupApi[name];
  const parts = input as { params?: object; query?: object; body?: unknown };
  const answer = await sendAsMember(addressOf(path, parts.params, parts.query), method, parts.body, options);
  return (await answer.json()) as ClientOutput<(typeof groupPublicRoutes)[K]>;
}

function sendAsMember(address: string, method: string, body: unknown, options: CallOptions): Promise<Response> {
  const headers: Record<string, string> = {};
  const key = memberKey();
  if (key !== null) headers['x-member-key'] = key;
  if (method !== 'GET') headers['content-type'] = 'application/json';
  const init = method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) };
  return send(address, { method, headers, ...init }, options);
}

/** A photo's bytes: an address alone would not open it. */
export async function memberPhoto(
  groupId: string,
  photoId: string,
  size: 'full' | 'thumb',
  signal: AbortSignal,
): Promise<Blob> {
  const address = addressOf(groupApi.photo.path, { id: groupId, photoId }, { size });
  return (await sendAsMember(address, 'GET', undefined, { signal })).blob();
}
