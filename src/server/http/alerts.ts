import type { FastifyInstance } from 'fastify';
import { sensingRoutes } from '#contract/sensing.ts';
import { bytesOf, keepBytes } from './bytes-body.ts';
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
    keepBytes(scope, route.bodyBytes);
    scope.route({
      method: route.method,
      url: route.path,
      bodyLimit: route.bodyBytes,
      config: limitOf(route),
      handler: async (request, reply) => {
        const { source } = route.params.parse(request.params);
        const body = bytesOf(request);
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
