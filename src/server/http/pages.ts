import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { AppError } from '#kit/errors.ts';

/** Which built page answers which address; the page itself routes further. */
const pages = [
  { prefix: /^\/desk(\/|$)/, file: 'desk.html' },
  { prefix: /^\/field(\/|$)/, file: 'field.html' },
  { prefix: /^\//, file: 'index.html' },
] as const;

/** Serves the built web app: hashed files for ever, pages always fresh. */
export async function mountPages(app: FastifyInstance, folder: string): Promise<void> {
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
  app.setNotFoundHandler((request, reply) => {
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
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(texts.get(page?.file ?? 'index.html'));
  });
}
