import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InjectOptions } from 'fastify';
import { createTestDatabase } from './db.ts';
import { demoPassword } from '../../src/demo/index.ts';
import { wire, type Program } from '../../src/wire.ts';

/** The whole program over a database of its own, with the demo town and a short past. Nothing listens (use `inject`) but the MQTT broker, where a port is given. */
export interface TestProgram extends Program {
  /** Signs a demo login in and returns how it speaks. */
  signIn(login: string): Promise<Speaker>;
  /** Speaks without a session. */
  stranger: Speaker;
  /** Owner's connection, for looking behind the scenes. */
  ownerUrl: string;
  end(): Promise<void>;
}

export interface Answer {
  status: number;
  body: unknown;
  text: string;
}

export type Speaker = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: unknown) => Promise<Answer>;

export async function startProgram(
  history: { days: number; perMonth: number } = { days: 20, perMonth: 120 },
  mqttPort: number | null = null,
  /** Where everything the program logs goes; nowhere when not given. */
  logTo?: { write(line: string): void },
): Promise<TestProgram> {
  const test = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'huangge-program-'));
  const program = await wire({
    config: {
      production: false,
      demo: true,
      databaseUrl: test.url,
      dataDir,
      port: 0,
      host: '127.0.0.1',
      publicUrl: 'http://localhost',
      secure: false,
      trustProxy: [],
      tenant: 'test',
      masterKeys: [randomBytes(32)],
      vault: { cipher: 'aes', index: 'sha256' },
      ledgerKey: generateKeyPairSync('ed25519').privateKey,
      logLevel: logTo === undefined ? 'silent' : 'trace',
      poolSize: 10,
      sampleShare: 0.2,
      clockAheadMs: 0,
      readingDays: 400,
      outgoingAllow: ['127.0.0.1'],
      mqtt: { port: mqttPort, chosen: true, url: null, ca: null },
      mail: null,
      oidc: null,
      assistant: null,
    },
    ownerUrl: test.url,
    webDir: join(dataDir, 'no-pages'),
    history,
    log: () => undefined,
    ...(logTo === undefined ? {} : { logTo }),
  });

  function speaker(headers: Record<string, string>): Speaker {
    return async (method, url, body) => {
      const request: InjectOptions = { method, url, headers };
      if (body !== undefined) request.payload = body as object;
      const answer = await program.app.inject(request);
      const json = /application\/(problem\+)?json/.test(String(answer.headers['content-type']));
      return { status: answer.statusCode, body: json && answer.body !== '' ? answer.json() : null, text: answer.body };
    };
  }

  return {
    ...program,
    ownerUrl: test.url,
    stranger: speaker({}),
    async signIn(login) {
      const answer = await program.app.inject({
        method: 'POST',
        url: '/api/session',
        payload: { login, password: demoPassword },
      });
      const cookie = answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
      const { csrfToken } = answer.json<{ csrfToken: string }>();
      if (answer.statusCode !== 200 || csrfToken === undefined)
        throw new Error(`${login} could not sign in: ${answer.body}`);
      return speaker({ cookie, 'x-csrf-token': csrfToken });
    },
    async end() {
      await program.stop();
      await test.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
