import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { LogController, type FastifyInstance } from 'fastify';
import { uuidV7 } from '#kit/ids.ts';
import { describeError } from './log-error.ts';
import { answerProblem } from './problem.ts';

export interface ServerOptions {
  /** 'silent' in tests. */
  logLevel: string;
  /** Where log lines go; standard output when not given. */
  logTo?: { write(line: string): void } | undefined;
  /** Addresses of our own proxies, whose X-Forwarded-For is believed; empty: none. */
  trustProxy: string[];
  secure: boolean;
}

/** The bare server: headers, cookies, limits, one error door. Contracts are mounted on it by wire. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger:
      options.logLevel === 'silent'
        ? false
        : {
            level: options.logLevel,
            redact: ['req.headers.cookie', 'req.headers.authorization', 'req.headers["x-member-key"]'],
            serializers: { err: describeError },
            ...(options.logTo === undefined ? {} : { stream: options.logTo }),
          },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => uuidV7(),
    trustProxy: options.trustProxy.length === 0 ? false : options.trustProxy,
    bodyLimit: 1024 * 1024,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  });
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply));
  await app.register(cookie);
  await app.register(compress, { threshold: 2048, encodings: ['br', 'gzip'] });
  await app.register(rateLimit, { global: false, max: 600, timeWindow: 60_000 });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"], // antd writes its styles into the page
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        ...(options.secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    hsts: options.secure,
    crossOriginOpenerPolicy: options.secure ? { policy: 'same-origin' } : false,
    referrerPolicy: { policy: 'no-referrer' }, // receipt links are secrets
  });
  return app;
}
