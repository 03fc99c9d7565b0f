import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { open311Around, open311Routes, open311TestRoutes } from '#contract/open311.ts';
import type { Route } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { FileStore } from '#server/files/file-store.ts';
import {
  parseFields,
  toJson,
  toXml,
  type Open311,
  type Open311Document,
  type Open311Verb,
} from '#server/modules/integrations/index.ts';
import { localeOf } from './context.ts';
import { toAppError } from './problem.ts';
import { limitOf } from './mount.ts';

type Format = 'json' | 'xml';
const contentTypes = { json: 'application/json; charset=utf-8', xml: 'text/xml; charset=utf-8' } as const;
const largestForm = 64 * 1024;
const wildcards = ['/open311', '/open311/*'] as const;

/**
 * Open311 GeoReport v2 under /open311: forms in, JSON or XML out by the suffix of the address, errors in the same
 * format. Other web pages may read it (no cookies are looked at).
 */
export async function mountOpen311(app: FastifyInstance, open311: Open311, files: FileStore): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: largestForm },
      (_request, body, done) => done(null, body),
    );
    scope.addContentTypeParser('*', (request, payload, done) => {
      payload.resume();
      const found = request.headers['content-type'] ?? 'none';
      done(
        new AppError(
          'unsupported_media_type',
          `content-type: expected application/x-www-form-urlencoded, found ${found.slice(0, 80)}. Send a form.`,
        ),
      );
    });
    scope.addHook('onRequest', async (_request, reply) => {
      reply
        .header('access-control-allow-origin', '*')
        .header('vary', 'accept-language')
        .header('cache-control', 'no-store');
    });
    scope.setErrorHandler((error, request, reply) => refuse(error, request, reply));

    for (const [routes, test] of [
      [open311Routes, false],
      [open311TestRoutes, true],
    ] as const) {
      for (const verb of Object.keys(routes) as (keyof typeof open311Routes)[])
        serve(scope, open311, routes[verb], { verb, test });
    }
    serve(scope, open311, open311Around.discovery, { verb: 'discovery', test: false });
    servePhotos(scope, open311, files);

    for (const url of wildcards)
      scope.route({
        method: ['GET', 'POST'],
        url,
        handler: (request) => {
          throw new AppError('not_found', `There is nothing at ${pathOf(request)}. Addresses end in .json or .xml.`);
        },
      });
  });
}

function serve(
  scope: FastifyInstance,
  open311: Open311,
  route: Route,
  { verb, test }: { verb: Open311Verb; test: boolean },
): void {
  scope.route({
    method: route.method,
    url: route.path,
    config: limitOf(route),
    handler: async (request, reply) => {
      const { id, format } = addressOf(request);
      const query = queryOf(request);
      const form = typeof request.body === 'string' ? request.body : '';
      const fields = parseFields(route.method === 'GET' ? query : `${form}&${query}`);
      return send(reply, format, await open311.answer(verb, { fields, id, locale: localeOf(request), test }));
    },
  });
}

function servePhotos(scope: FastifyInstance, open311: Open311, files: FileStore): void {
  const route = open311Around.media;
  scope.get(route.path, { config: limitOf(route) }, async (request, reply) => {
    const id = /\/([0-9a-f-]{36})\.jpg$/.exec(pathOf(request))?.[1] ?? '';
    const found = isUuid(id) ? await open311.findPhoto(id) : undefined;
    const file = found && (await files.find(`${found.storageKey}.jpg`));
    if (file === undefined) throw new AppError('not_found', 'There is no such photo, or it is not public.');
    return reply
      .header('content-type', 'image/jpeg')
      .header('content-length', file.bytes)
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('cache-control', 'public, max-age=3600')
      .send(file.stream());
  });
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0] ?? '/';
}

function queryOf(request: FastifyRequest): string {
  return request.url.split('?').slice(1).join('?');
}

/** The last piece of the address: `requests.json` has no id, `20260615-000001.json` has one. @throws AppError not_found */
function addressOf(request: FastifyRequest): { id: string; format: Format } {
  const { file } = request.params as { file?: string };
  const last = file ?? pathOf(request).split('/').at(-1) ?? '';
  const format = formatOf(last);
  if (format === undefined)
    throw new AppError('not_found', 'The format was not found: addresses end in .json or .xml.');
  return { id: file === undefined ? '' : file.slice(0, -format.length - 1), format };
}

function formatOf(last: string): Format | undefined {
  return last.endsWith('.json') ? 'json' : last.endsWith('.xml') ? 'xml' : undefined;
}

function send(reply: FastifyReply, format: Format, document: Open311Document): FastifyReply {
  return reply
    .header('content-type', contentTypes[format])
    .send(format === 'json' ? toJson(document) : toXml(document));
}

/** GeoReport knows 404 for what is not there, 403 for keys and 400 for anything else; beside them only 429 and 500. */
function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = toAppError(error);
  if (refusal.code === 'internal') request.log.error({ err: error }, 'unexpected failure');
  const kept = [403, 404, 429, 500];
  const status = kept.includes(refusal.status) ? refusal.status : 400;
  const format = formatOf(pathOf(request)) ?? 'json';
  return send(reply.code(status), format, {
    root: 'errors',
    value: [{ code: status, description: refusal.message }],
  });
}
