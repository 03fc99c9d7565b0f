import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '#kit/clock.ts';
import { createServer } from './server.ts';
import { mountPages } from './pages.ts';
import type { FirstNeed } from './pages-first.ts';

const manifest = {
  'index.html': { file: 'assets/index.js', imports: ['_shell.js'], css: ['assets/index.css'] },
  '_shell.js': { file: 'assets/shell.js', name: 'shell', css: ['assets/shell.css'] },
  '_stations.js': { file: 'assets/stations.js', name: 'stations', imports: ['_shell.js', '_now.js'], css: ['assets/stations.css'] },
  '_stations.css': { file: 'assets/stations-other.css', name: 'stations' },
  '_now.js': { file: 'assets/now.js', imports: ['_stations.js'] },
  'src/one.tsx': { file: 'assets/one.js', imports: ['index.html'] },
}; // prettier-ignore
const needs: readonly FirstNeed[] = [
  { path: /^\/stations\/?$/, code: 'stations', answer: () => '/api/public/stations' },
  { path: /^\/one\/([a-z]+)$/, code: 'src/one.tsx', answer: (name) => `/api/public/one/${name}` },
  { path: /^\/gone$/, code: 'src/gone.tsx' },
];

let folder: string;
let app: FastifyInstance;
let asked: { url: string; language: string | undefined; ip: string }[] = [];
let waitMs = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huangge-pages-'));
  await mkdir(join(folder, '.vite'));
  await writeFile(join(folder, '.vite/manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'index.html'), '<html><head><title>a</title></head><body></body></html>');
  await writeFile(join(folder, 'desk.html'), '<html><head></head><body>desk</body></html>');
  app = await createServer({ logLevel: 'silent', logTo: undefined, trustProxy: [], secure: false });
  app.get('/api/public/stations', async ({ url, headers, ip }) => {
    asked.push({ url, language: headers['accept-language'], ip });
    await new Promise((done) => void setTimeout(done, waitMs));
    return { name: '</script><script>$&', long: 'a'.repeat(4000) };
  });
  app.get('/api/public/one/:name', async (_request, reply) => reply.code(404).send({ code: 'not_found' }));
  await mountPages(app, folder, { needs, clock: systemClock });
});
beforeEach(() => {
  asked = [];
  waitMs = 0;
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});
const get = (url: string, headers = {}) => app.inject({ url, headers });
const links = (html: string): string[] => [...html.matchAll(/href="(.*?)"/g)].map(([, href]) => href ?? '');

describe('a page', () => {
  test('announces its own files, each once, and none that every page loads', async () => {
    expect(links((await get('/stations')).body)).toEqual(['/assets/stations.js', '/assets/stations.css', '/assets/now.js']); // prettier-ignore
    expect(links((await get('/one/a')).body)).toEqual(['/assets/one.js']);
    expect((await get('/gone')).body).not.toContain('link');
    expect((await get('/other')).body).toBe('<html><head><title>a</title></head><body></body></html>');
  });

  test('carries the answer to its first question, asked in the reader’s name, so that no word of it becomes a tag', async () => {
    const page = await get('/stations', { 'accept-language': 'en' });
    expect(asked).toEqual([{ url: '/api/public/stations', language: 'en', ip: '127.0.0.1' }]);
    const [, json = ''] = /data-answer="\/api\/public\/stations" data-at="[^"]+">(.*?)<\/script>/.exec(page.body) ?? [];
    expect(JSON.parse(json)).toMatchObject({ name: '</script><script>$&' });
    expect(page.body.split('</script>').length).toBe(2);
    expect(page.headers['cache-control']).toBe('no-store');
  });

  test('goes without an answer that is refused, late, or would be kept', async () => {
    const refused = await get('/one/a');
    expect([refused.body.includes('data-answer'), refused.headers['cache-control']]).toEqual([false, 'no-cache']);
    expect((await get('/stations?keep')).body).not.toContain('data-answer');
    expect(asked).toEqual([]);
    waitMs = 900;
    expect((await get('/stations')).body).not.toContain('data-answer');
  });

  test.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
  ])('is compressed for who accepts %s', async (accepted, encoding, open) => {
    const page = await get('/stations', { 'accept-encoding': accepted });
    expect(page.headers['content-encoding']).toBe(encoding);
    expect(page.rawPayload.length).toBeLessThan(1000);
    expect(open(page.rawPayload).toString()).toContain('data-answer');
  });

  test('of the desk, and what is no page, are left alone', async () => {
    expect((await get('/desk/stations')).body).toContain('desk');
    expect((await get('/api/none')).statusCode).toBe(404);
    expect((await get('/stations.png')).statusCode).toBe(404);
  });
});

test('without a build, pages say so', async () => {
  const bare = Fastify();
  await mountPages(bare, join(folder, 'nowhere'), { needs, clock: systemClock });
  expect((await bare.inject({ url: '/stations' })).body).toContain('not built');
  await bare.close();
});
