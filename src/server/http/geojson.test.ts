import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { gridsDocuments } from '#contract/grids.ts';
import { anonymous } from '#server/modules/identity/index.ts';
import { mountDocuments } from './geojson.ts';
import { createServer } from './server.ts';

let app: FastifyInstance;
let built = 0;
beforeAll(async () => {
  app = await createServer({ logLevel: 'silent', trustProxy: [], secure: false });
  const document = async () => ({
    etag: '"t7"',
    maxAgeS: 60,
    public: true,
    body: async () => {
      built++;
      return '{"type":"FeatureCollection","features":[]}';
    },
  });
  mountDocuments(
    app,
    gridsDocuments,
    { outlines: document, publicAreas: document, basemap: document },
    {
      identify: async () => ({ actor: anonymous, session: null, expired: false }),
      secure: false,
    },
  );
  await app.ready();
});
afterAll(() => app.close());

test('a document comes with its tag, and 304 without being built for whoever has it', async () => {
  const first = await app.inject('/api/public/areas?tier=street');
  expect(first.statusCode).toBe(200);
  expect(first.headers).toMatchObject({
    etag: '"t7"',
    'content-type': 'application/geo+json; charset=utf-8',
    'cache-control': 'public, max-age=60, must-revalidate',
  });
  expect(first.json()).toEqual({ type: 'FeatureCollection', features: [] });
  for (const tag of ['"t7"', 'W/"t7"', '"t6", W/"t7"']) {
    const again = await app.inject({ url: '/api/public/areas?tier=street', headers: { 'if-none-match': tag } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  }
  expect(built).toBe(1);
});

test('a wrong window is refused, the desk map needs a sign-in', async () => {
  expect((await app.inject('/api/public/areas?tier=street&bbox=1,2,0,3')).statusCode).toBe(400);
  expect((await app.inject('/api/areas/outlines?tier=street')).statusCode).toBe(401);
});
