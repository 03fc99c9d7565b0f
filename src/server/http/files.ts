import type { FastifyInstance, FastifyReply } from 'fastify';
import { filesRoutes } from '#contract/files.ts';
import { taskLinkRoutes } from '#contract/operations-links.ts';
import type { AttachmentKind } from '#contract/events-words.ts';
import type { Route } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import type { FileStore } from '#server/files/file-store.ts';
import { photoLimits, preparePhoto, type PreparedPhoto } from '#server/files/photo.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { bytesOf, keepBytes } from './bytes-body.ts';
import { atTheDoor, ctxOf, enter, limitOf, type MountOptions } from './mount.ts';

/** What the events module keeps about photos; given by wire. */
export interface PhotoRegister {
  /** Records a stored photo that no event has claimed yet. */
  keep(
    actor: Actor,
    kind: AttachmentKind,
    photo: PreparedPhoto,
    storageKey: string,
  ): Promise<{ id: string; token: string }>;
  find(actor: Actor, id: string): Promise<{ storageKey: string } | undefined>;
  findByReceipt(secret: string, id: string): Promise<{ storageKey: string } | undefined>;
}

/** Photos in and out: the only routes whose bodies are bytes. */
export function mountFiles(
  app: FastifyInstance,
  store: FileStore,
  register: PhotoRegister,
  options: MountOptions,
): void {
  void app.register(async (scope) => {
    keepBytes(scope, photoLimits.bytes + 1024);
    for (const route of [filesRoutes.publicUpload, filesRoutes.upload]) {
      scope.route({
        method: route.method,
        url: route.path,
        bodyLimit: photoLimits.bytes + 1024,
        config: limitOf(route),
        preParsing: atTheDoor(route, options),
        handler: async (request) => {
          const ctx = ctxOf(request);
          const { kind } = route.query.parse(request.query);
          const photo = await preparePhoto(bytesOf(request));
          const storageKey = `photos/${photo.storedSha256.toString('hex').slice(0, 2)}/${photo.storedSha256.toString('hex')}`;
          await store.put(`${storageKey}.jpg`, photo.full);
          await store.put(`${storageKey}.thumb.jpg`, photo.thumb);
          const kept = await register.keep(ctx.actor, kind, photo, storageKey);
          return {
            ...kept,
            sha256: photo.sha256.toString('hex'),
            width: photo.width,
            height: photo.height,
            bytes: photo.full.length,
            position: photo.position,
          };
        },
      });
    }
  });

  app.get(filesRoutes.photo.path, async (request, reply) => {
    const ctx = await enter(request, reply, filesRoutes.photo, options);
    const { id } = filesRoutes.photo.params.parse(request.params);
    const { size } = filesRoutes.photo.query.parse(request.query);
    return answer(store, reply, await register.find(ctx.actor, id), size);
  });

  const receipt = filesRoutes.receiptPhoto;
  app.get(receipt.path, { config: limitOf(receipt) }, async (request, reply) => {
    const { secret, id } = receipt.params.parse(request.params);
    const { size } = receipt.query.parse(request.query);
    return answer(store, reply, await register.findByReceipt(secret, id), size);
  });
}

/** Photos an agency sees behind its signed link. */
export function mountTaskPhotos(
  app: FastifyInstance,
  store: FileStore,
  find: (secret: string, id: string) => Promise<{ storageKey: string } | undefined>,
): void {
  const route = taskLinkRoutes.photo;
  app.get(route.path, { config: limitOf(route) }, async (request, reply) => {
    const { secret, id } = route.params.parse(request.params);
    const { size } = route.query.parse(request.query);
    return answer(store, reply, await find(secret, id), size);
  });
}

/** Photos of something that is no event, for whoever may see that. */
export function mountSubjectPhotos(
  app: FastifyInstance,
  store: FileStore,
  route: Omit<Route, 'query'> & { query: typeof filesRoutes.photo.query },
  options: MountOptions,
  find: (actor: Actor, params: Record<string, string>) => Promise<{ storageKey: string } | undefined>,
): void {
  app.get(route.path, { config: limitOf(route) }, async (request, reply) => {
    const ctx = await enter(request, reply, route, options);
    const params = route.params.parse(request.params) as Record<string, string>;
    const { size } = route.query.parse(request.query);
    return answer(store, reply, await find(ctx.actor, params), size);
  });
}

/** Photos members of an online group see: whoever holds a member's key. */
export function mountMemberPhotos(
  app: FastifyInstance,
  store: FileStore,
  route: Omit<Route, 'query'> & { query: typeof filesRoutes.photo.query },
  options: MountOptions,
  find: (memberKey: string | null, params: Record<string, string>) => Promise<{ storageKey: string } | undefined>,
): void {
  app.get(route.path, { config: limitOf(route) }, async (request, reply) => {
    const { memberKey } = await enter(request, reply, route, options);
    const params = route.params.parse(request.params) as Record<string, string>;
    const { size } = route.query.parse(request.query);
    return answer(store, reply, await find(memberKey, params), size);
  });
}

async function answer(
  store: FileStore,
  reply: FastifyReply,
  found: { storageKey: string } | undefined,
  size: 'full' | 'thumb',
): Promise<FastifyReply> {
  const file = found && (await store.find(`${found.storageKey}${size === 'thumb' ? '.thumb' : ''}.jpg`));
  if (file === undefined) throw new AppError('not_found', 'There is no such photo, or it is not yours to see.');
  return reply
    .header('content-type', 'image/jpeg')
    .header('content-length', file.bytes)
    .header('cache-control', 'private, max-age=86400, immutable')
    .header('content-disposition', 'inline')
    .send(file.stream());
}
