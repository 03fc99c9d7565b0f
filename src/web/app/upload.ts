import type { filesRoutes } from '#contract/files.ts';
import type { AttachmentKind } from '#contract/events-words.ts';
import type { ClientOutput } from '#contract/route.ts';
import { addressOf, send, type CallOptions, type RouteRefs } from './call.ts';

type UploadRoutes = Pick<typeof filesRoutes, 'publicUpload' | 'upload'>;
const routes: RouteRefs<UploadRoutes> = {
  publicUpload: { method: 'POST', path: '/api/public/uploads' },
  upload: { method: 'POST', path: '/api/uploads' },
};
export type Uploaded = ClientOutput<UploadRoutes['upload']>;

/** Sends a photo's bytes as they are. `who`: residents need no sign-in, staff do. Throws as `call` does; 60 s limit. */
export async function uploadPhoto(
  photo: Blob,
  kind: AttachmentKind,
  who: 'resident' | 'staff',
  options: CallOptions = {},
): Promise<Uploaded> {
  const route = who === 'resident' ? routes.publicUpload : routes.upload;
  const type = photo.type === '' ? 'image/jpeg' : photo.type;
  const answer = await send(
    addressOf(route.path, {}, { kind }),
    { method: route.method, headers: { 'content-type': type }, body: photo },
    { timeoutMs: 60_000, ...options },
  );
  return (await answer.json()) as Uploaded;
}
