import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Bodies of this scope stay the very bytes that came, of whatever type, at most so many. */
export function keepBytes(scope: FastifyInstance, bodyLimit: number | undefined): void {
  scope.removeAllContentTypeParsers();
  const most = bodyLimit === undefined ? {} : { bodyLimit };
  scope.addContentTypeParser('*', { parseAs: 'buffer', ...most }, (_request, body, done) => done(null, body));
}

/** None sent: no bytes. */
export function bytesOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}
