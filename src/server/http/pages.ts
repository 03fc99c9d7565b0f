import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Clock } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { createFirstNeeds, type FirstNeed } from './pages-first.ts';

const smallerGzip = promisify(gzip);
const smallerBrotli = promisify(brotliCompress);

/** Which built page answers which address; the page itself routes further. */
const pages = [
  { prefix: /^\/desk(\/|$)/, file: 'desk.html' },
  { prefix: /^\/field(\/|$)/, file: 'field.html' },
  { prefix: /^\/screen(\/|$)/, file: 'screen.html' },
  { prefix: /^\//, file: 'index.html' },
] as const;

/**
 * Serves the built web app: hashed files for ever, pages always fresh and never kept by anybody between, because some
 * carry the answer that their address asks for.
 */
export async function mountPages(
  app: FastifyInstance,
  folder: string,
  { needs, clock }: { needs: readonly FirstNeed[]; clock: Clock },
): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) {
    app.setNotFoundHandler((request) => {
      throw new AppError(
        'not_found',
        request.url.startsWith('/api/')
          ? 'There is no such address.'
          : 'The web pages are not built. Run "npm run build", then reload.',
      );
    });
    return;
  }
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const texts = new Map<string, string>();
  for (const { file } of pages)
    if (existsSync(join(folder, file))) texts.set(file, await readFile(join(folder, file), 'utf8'));
  const first = createFirstNeeds(app, folder, { needs, clock });
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    if (
      request.method !== 'GET' ||
      path.startsWith('/api/') ||
      path.startsWith('/open311/') ||
      /\.[a-z0-9]+$/i.test(path)
    ) {
      throw new AppError('not_found', `There is nothing at ${path}.`);
    }
    const page = pages.find((p) => p.prefix.test(path) && texts.has(p.file));
    const text = texts.get(page?.file ?? 'index.html') ?? '';
    const filled = page?.file === 'index.html' ? await first.fill(request, text) : text;
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('vary', 'accept-encoding')
      .header('cache-control', filled.includes('data-answer=') ? 'no-store' : 'no-cache');
    return sendSmall(reply, filled, String(request.headers['accept-encoding'] ?? ''));
  });
}

/** What answers unknown addresses is no route, and @fastify/compress compresses only routes. */
async function sendSmall(reply: FastifyReply, text: string, accepted: string): Promise<FastifyReply> {
  if (text.length < 2048 || !/\b(br|gzip)\b/.test(accepted)) return reply.send(text);
  if (!/\bbr\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(await smallerGzip(text));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 4 };
  return reply.header('content-encoding', 'br').send(await smallerBrotli(text, { params }));
}
