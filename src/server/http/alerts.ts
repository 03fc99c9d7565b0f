import type { FastifyInstance } from 'fastify';
import { sensingRoutes } from '#contract/sensing.ts';
import { limitOf } from './mount.ts';

/** Whoever takes alerts: the signature is over the very bytes. */
export interface AlertTaker {
  (delivery: { source: string; headers: Record<string, string | undefined>; body: Buffer }): Promise<{
    verdict: 'taken' | 'duplicate';
    alarmId: string | null;
  }>;
}

/** POST /api/alerts/:source. Its body stays bytes until the signature is known to be good. */
export function mountAlerts(app: FastifyInstance, take: AlertTaker): void {
  const route = sensingRoutes.alert;
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: route.bodyBytes }, (_request, body, done) =>
      done(null, body),
    );
    scope.route({
      method: route.method,
      url: route.path,
      bodyLimit: route.bodyBytes,
      config: limitOf(route),
      handler: async (request, reply) => {
        const { source } = route.params.parse(request.params);
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const header = (name: string) => {
          const value = request.headers[name];
          return typeof value === 'string' ? value : undefined;
        };
        const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
        const answer = await take({
          source,
          headers: Object.fromEntries(names.map((name) => [name, header(name)])),
          body,
        });
        reply.header('cache-control', 'no-store');
        return route.response.parse(answer);
      },
    });
  });
}
