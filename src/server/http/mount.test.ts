import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { none, type Route } from '#contract/route.ts';
import { anonymous } from '#server/modules/identity/index.ts';
import type { FileStore } from '#server/files/file-store.ts';
import type { PhotoRegister } from './files.ts';
import { mountFiles } from './files.ts';
import { mount } from './mount.ts';
import { createServer } from './server.ts';

const routes = {
  bring: {
    method: 'POST',
    path: '/api/import',
    permission: 'grids.edit',
    summary: '导入',
    params: none,
    query: none,
    body: z.object({ text: z.string() }),
    response: z.object({}),
    bodyBytes: 128 * 1024 * 1024,
  },
} as const satisfies Record<string, Route>;

const nothing = (): never => {
  throw new Error('Nothing of this is asked before the door.');
};
const store: FileStore = { put: nothing, find: nothing, remove: nothing };
const register: PhotoRegister = { keep: nothing, find: nothing, findByReceipt: nothing };
const doors = {
  identify: () => Promise.resolve({ actor: anonymous, session: null, expired: false }),
  secure: false,
};

const app = await createServer({ logLevel: 'silent', trustProxy: [], secure: false });
beforeAll(async () => {
  mount(app, routes, { bring: nothing }, doors);
  mountFiles(app, store, register, doors);
  await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => app.close());

/** Announces a large body, sends none of it, and hears what the server says meanwhile. */
function announce(path: string, type: string): Promise<string> {
  const { port } = app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ncontent-length: 20000000\r\n\r\n`),
    );
    socket.setTimeout(3_000, () => {
      socket.destroy();
      reject(new Error('The server waits for the body.'));
    });
    socket.once('data', (answer) => {
      socket.destroy();
      resolve(answer.toString('utf8').split('\r\n')[0] ?? '');
    });
    socket.once('error', reject);
  });
}

it.each([
  ['/api/import', 'application/json'],
  ['/api/uploads', 'image/jpeg'],
])('a stranger is refused at %s before one byte of the body is read', async (path, type) => {
  expect(await announce(path, type)).toBe('HTTP/1.1 401 Unauthorized');
});
