import type { FastifyInstance } from 'fastify';
import { wecomCallbackRoutes } from '#contract/wecom.ts';
import type { Wecom } from '#server/modules/integrations/index.ts';
import { bytesOf, keepBytes } from './bytes-body.ts';
import { limitOf } from './mount.ts';

/** The address WeCom calls: the very bytes count. No cookies are looked at; answers are plain text. */
export async function mountWecom(app: FastifyInstance, wecom: Pick<Wecom, 'verify' | 'receive'>): Promise<void> {
  const { verify, receive } = wecomCallbackRoutes;
  await app.register(async (scope) => {
    keepBytes(scope, receive.bodyBytes);
    scope.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    scope.get(verify.path, { config: limitOf(verify) }, async (request, reply) => {
      const { group } = verify.params.parse(request.params);
      const echo = await wecom.verify(group, request.query as Record<string, unknown>);
      return reply.header('content-type', 'text/plain; charset=utf-8').send(echo);
    });
    scope.post(receive.path, { config: limitOf(receive) }, async (request, reply) => {
      const { group } = receive.params.parse(request.params);
      const body = bytesOf(request);
      await wecom.receive(group, request.query as Record<string, unknown>, body);
      return reply.header('content-type', 'text/plain; charset=utf-8').send('success');
    });
  });
}
