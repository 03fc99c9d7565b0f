import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { warningOpenRoutes } from '#contract/warning-sources.ts';
import { AppError } from '#kit/errors.ts';
import type { OpenDocument, WarningDoors } from '#server/modules/warnings/index.ts';
import { isFresh } from './geojson.ts';
import { limitOf } from './mount.ts';

const xmlTypes = ['application/cap+xml', 'application/xml', 'text/xml'];
const largestBody = 1024 * 1024;

/** CAP in by push, CAP and Atom out to everybody. No cookies are looked at. */
export async function mountWarnings(app: FastifyInstance, doors: WarningDoors): Promise<void> {
  const { push, document, feed } = warningOpenRoutes;
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // The body is left unread until the secret has been shown.
    scope.addContentTypeParser(xmlTypes, (_request, payload, done) => done(null, payload));
    scope.post(push.path, { config: limitOf(push) }, async (request, reply) => {
      const { source } = push.params.parse(request.params);
      const authorization = request.headers.authorization ?? '';
      const secret = authorization.startsWith('Bearer ') ? authorization.slice(7) : null;
      const received = await doors.push(source, secret, () => readAll(request));
      return reply.header('cache-control', 'no-store').send(push.response.parse(received));
    });
  });
  app.get(feed.path, { config: limitOf(feed) }, async (request, reply) => send(request, reply, await doors.feed()));
  app.get(document.path, { config: limitOf(document) }, async (request, reply) =>
    send(request, reply, await doors.document(document.params.parse(request.params).file)),
  );
}

async function readAll(request: FastifyRequest): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request.body as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > largestBody)
      throw new AppError('upload_too_large', `Expected at most ${largestBody} bytes. Send one message per request.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function send(request: FastifyRequest, reply: FastifyReply, { type, etag, body }: OpenDocument): FastifyReply {
  reply
    .header('etag', etag)
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('cache-control', 'public, max-age=60, must-revalidate');
  if (isFresh(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.header('content-type', type).send(body);
}
