import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ogcRoutes, type OgcFormat } from '#contract/ogc.ts';
import type { Route } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import type { Ogc, OgcVerb } from '#server/modules/integrations/index.ts';
import { localeOf } from './context.ts';
import { enter, limitOf, type MountOptions } from './mount.ts';
import { answerProblem, toAppError } from './problem.ts';

/** OGC API – Features under /ogc: JSON or HTML by `f` or Accept, refusals as problem documents or a page. */
export async function mountOgc(app: FastifyInstance, ogc: Ogc, options: MountOptions): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.header('vary', 'accept, accept-language');
    });
    scope.setErrorHandler((error, request, reply) => refuse(ogc, error, request, reply));
    for (const verb of Object.keys(ogcRoutes) as OgcVerb[]) serve(scope, ogc, verb, options);
    scope.get('/ogc/*', (request, reply) => {
      const [path = '', ...query] = request.url.split('?');
      if (/[^/]\/+$/.test(path))
        return reply.redirect([path.replace(/\/+$/, ''), ...query].join('?').replace(/^\/+/, '/'), 308);
      throw new AppError('not_found', `There is nothing at ${path}. The links begin at /ogc.`);
    });
  });
}

function serve(scope: FastifyInstance, ogc: Ogc, verb: OgcVerb, options: MountOptions): void {
  const route: Route = ogcRoutes[verb];
  scope.get(route.path, { config: limitOf(route) }, async (request, reply) => {
    const { actor } = await enter(request, reply, route, options);
    const input = {
      params: route.params.parse(request.params) as Record<string, string>,
      query: route.query.parse(request.query),
    };
    const ask = {
      actor,
      locale: localeOf(request),
      format: formatOf(request),
      path: request.url.split('?')[0] ?? '/ogc',
      sent: { ...(request.query as Record<string, string>) },
    };
    const { type, headers, text } = await ogc.answer(verb, ask, input);
    reply.header('content-type', type).headers(headers);
    reply.header('cache-control', route.permission === 'public' ? 'public, max-age=60' : 'no-store');
    return reply.send(text);
  });
}

/** `f` decides; without it JSON, unless the client asks for HTML and for nothing of JSON. */
function formatOf(request: FastifyRequest): OgcFormat {
  const { f } = request.query as { f?: unknown };
  if (f === 'html' || f === 'json') return f;
  const accept = request.headers.accept ?? '';
  return accept.includes('text/html') && !accept.includes('json') ? 'html' : 'json';
}

function refuse(ogc: Ogc, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (formatOf(request) === 'json') return answerProblem(error, request, reply);
  const refusal = toAppError(error);
  if (refusal.code === 'internal') request.log.error({ err: error }, 'unexpected failure');
  return reply
    .code(refusal.status)
    .header('content-type', 'text/html; charset=utf-8')
    .send(ogc.refusal(localeOf(request), refusal.status, refusal.message));
}
