import { createPrivateKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllowed } from '#server/net/address-rules.ts';

/** Everything the program takes from its surroundings, read once. Modules never look at process.env. */
export interface Config {
  production: boolean;
  /** Loads the demo district on first run; never in production. */
  demo: boolean;
  /** Owner's connection (migrates); null: the embedded PostgreSQL in dataDir. */
  databaseUrl: string | null;
  dataDir: string;
  port: number;
  host: string;
  /** Address people type, for links and cookies; https makes cookies __Host- and Secure. */
  publicUrl: string;
  secure: boolean;
  trustProxy: string[];
  tenant: string;
  masterKeys: Buffer[];
  /** What seals secrets, and what makes blind indexes. */
  vault: { cipher: 'aes' | 'sm4'; index: 'sha256' | 'sm3' };
  ledgerKey: KeyObject;
  logLevel: string;
  /** Connections to the database. */
  poolSize: number;
  /** Share (0…1) of self-handled matters that are checked. */
  sampleShare: number;
  /** How far the program's clock is ahead of the system's, ms; never in production. */
  clockAheadMs: number;
  /** Days that readings of devices are kept. */
  readingDays: number;
  /** Where devices speak to us: our own broker's port (null: none; 0: any free one), or an outside broker's address. */
  mqtt: { port: number | null; chosen: boolean; url: string | null; ca: string | null };
  /** Addresses, networks and host names outside the public internet that outgoing requests may reach. */
  outgoingAllow: string[];
  /** The mail server and the sender of messages; null: no e-mail. */
  mail: { url: string; from: string } | null;
  /** An OpenAI-compatible endpoint that drafts texts, and whether it may lie outside the public internet; null: off. */
  assistant: {
    baseUrl: string;
    key: string | null;
    model: string;
    timeoutMs: number;
    perMinute: number;
    allowPrivate: boolean;
  } | null;
  oidc: {
    name: string;
    issuer: string;
    clientId: string;
    clientSecret: string;
    trustLogin: boolean;
    allowHttp: boolean;
  } | null;
}

type Env = Record<string, string | undefined>;

/**
 * Reads the configuration. In production a missing secret is a refusal to start, with a sentence saying what to do;
 * elsewhere secrets are made once and kept in `dataDir`, readable by the owner only.
 * @throws Error naming the variable, what was expected and what was found.
 */
export function readConfig(env: Env): Config {
  const production = env['NODE_ENV'] === 'production';
  const dataDir = env['HUANGGE_DATA'] ?? './data';
  const port = whole(env, 'PORT', 8141, 0, 65535);
  const host = env['HOST'] ?? (production ? '0.0.0.0' : '127.0.0.1');
  const publicUrl = env['HUANGGE_PUBLIC_URL'] ?? `http://localhost:${port}`;
  if (!URL.canParse(publicUrl))
    throw new Error(
      `HUANGGE_PUBLIC_URL must be an address such as https://huangge.example.org, found ${JSON.stringify(publicUrl)}.`,
    );
  if (production) {
    for (const name of ['DATABASE_URL', 'HUANGGE_MASTER_KEY', 'HUANGGE_LEDGER_KEY', 'HUANGGE_PUBLIC_URL']) {
      if (secret(env, name) === undefined)
        throw new Error(
          `In production ${name} (or ${name}_FILE) must be set. See docs/operations.md; the program does not start without it.`,
        );
    }
  }
  const kept = production ? null : keptSecrets(dataDir);
  return {
    production,
    demo: !production && env['HUANGGE_DEMO'] !== 'off',
    databaseUrl: secret(env, 'DATABASE_URL') ?? null,
    dataDir,
    port,
    host,
    publicUrl,
    secure: publicUrl.startsWith('https:'),
    trustProxy: (env['HUANGGE_TRUST_PROXY'] ?? '').split(',').filter((s) => s !== ''),
    tenant: env['HUANGGE_TENANT'] ?? 'main',
    masterKeys: masterKeys(secret(env, 'HUANGGE_MASTER_KEY') ?? kept?.masterKey ?? ''),
    vault: {
      cipher: oneOf(env, 'HUANGGE_CIPHER', ['aes', 'sm4']),
      index: oneOf(env, 'HUANGGE_INDEX', ['sha256', 'sm3']),
    },
    ledgerKey: ledgerKey(secret(env, 'HUANGGE_LEDGER_KEY') ?? kept?.ledgerKey ?? ''),
    logLevel: env['LOG_LEVEL'] ?? 'warn',
    poolSize: whole(env, 'HUANGGE_POOL', 20, 2, 500),
    sampleShare: share(env['HUANGGE_SAMPLE_SHARE'] ?? '0.2'),
    clockAheadMs: clockAhead(env, production),
    readingDays: whole(env, 'HUANGGE_READING_DAYS', 400, 31, 36_500),
    outgoingAllow: outgoingAllow(env['OUTGOING_ALLOW'] ?? ''),
    mqtt: mqttOf(env),
    mail: mailOf(env),
    assistant: assistantOf(env),
    oidc: oidcOf(env),
  };
}

/** The variable itself, or the contents of the file named by NAME_FILE. */
function secret(env: Env, name: string): string | undefined {
  const file = env[`${name}_FILE`];
  if (file === undefined || file === '') return env[name] === '' ? undefined : env[name];
  if (!existsSync(file)) throw new Error(`${name}_FILE names ${file}, but there is no such file.`);
  return readFileSync(file, 'utf8').trim();
}

function whole(env: Env, name: string, fallback: number, min: number, max: number): number {
  const value = Number(env[name] ?? fallback);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new Error(`${name} must be a whole number from ${min} to ${max}, found ${JSON.stringify(env[name])}.`);
  return value;
}

/** One of the words; the first when nothing is set. */
function oneOf<const W extends string>(env: Env, name: string, words: readonly [W, ...W[]]): W {
  const given = env[name] ?? '';
  const found = given === '' ? words[0] : words.find((word) => word === given);
  if (found === undefined)
    throw new Error(`${name} must be one of ${words.join(', ')}, found ${JSON.stringify(given)}.`);
  return found;
}

function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1))
    throw new Error(`HUANGGE_SAMPLE_SHARE must be a number from 0 to 1, found ${JSON.stringify(text)}.`);
  return value;
}

function clockAhead(env: Env, production: boolean): number {
  const minutes = whole(env, 'HUANGGE_CLOCK_AHEAD', 0, 0, 5_256_000);
  if (minutes > 0 && production)
    throw new Error(
      `HUANGGE_CLOCK_AHEAD is for development only: in production the clock is the system's, found ${minutes}. Take it away.`,
    );
  return minutes * 60_000;
}

function outgoingAllow(text: string): string[] {
  const entries = text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  for (const entry of entries) {
    try {
      parseAllowed(entry);
    } catch (error) {
      throw new Error(`OUTGOING_ALLOW: ${(error as Error).message}`, { cause: error });
    }
  }
  return entries;
}

function masterKeys(text: string): Buffer[] {
  const keys = text.split(',').map((part) => part.trim());
  if (!keys.every((key) => /^[0-9a-f]{64}$/i.test(key))) {
    throw new Error(
      'HUANGGE_MASTER_KEY must be 64 hexadecimal digits (several separated by commas, newest last). Make one with: openssl rand -hex 32',
    );
  }
  return keys.map((key) => Buffer.from(key, 'hex'));
}

function ledgerKey(text: string): KeyObject {
  try {
    const pem = text.includes('BEGIN')
      ? text.replaceAll('\\n', '\n')
      : `-----BEGIN PRIVATE KEY-----\n${text}\n-----END PRIVATE KEY-----\n`;
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(key.asymmetricKeyType);
    return key;
  } catch {
    throw new Error(
      'HUANGGE_LEDGER_KEY must be an Ed25519 private key in PKCS #8 PEM. Make one with: openssl genpkey -algorithm ed25519',
    );
  }
}

function keptSecrets(dataDir: string): { masterKey: string; ledgerKey: string } {
  const path = join(dataDir, 'secrets.json');
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true });
    const made = {
      masterKey: randomBytes(32).toString('hex'),
      ledgerKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
    writeFileSync(path, JSON.stringify(made, null, 2), { mode: 0o600, flag: 'wx' });
    chmodSync(path, 0o600);
  }
  return JSON.parse(readFileSync(path, 'utf8')) as { masterKey: string; ledgerKey: string };
}

function mqttOf(env: Env): Config['mqtt'] {
  const url = secret(env, 'MQTT_URL') ?? null;
  if (url !== null && !/^mqtts?:\/\/[^/\s]+/.test(url))
    throw new Error('MQTT_URL must be an address such as mqtts://huangge:secret@broker.example.org:8883.');
  const caFile = env['MQTT_CA_FILE'] ?? '';
  if (caFile !== '' && !existsSync(caFile)) throw new Error(`MQTT_CA_FILE names ${caFile}, but there is no such file.`);
  const given = env['MQTT_PORT'] ?? '';
  return {
    port: given === 'off' ? null : whole(given === '' ? {} : env, 'MQTT_PORT', 1883, 0, 65535),
    chosen: given !== '',
    url,
    ca: caFile === '' ? null : readFileSync(caFile, 'utf8'),
  };
}

function mailOf(env: Env): Config['mail'] {
  const url = secret(env, 'SMTP_URL');
  if (url === undefined) return null;
  const from = env['MAIL_FROM'] ?? '';
  if (!/^smtps?:\/\/./.test(url) || !URL.canParse(url))
    throw new Error('SMTP_URL must be an address such as smtps://user:password@mail.example.org.');
  if (!from.includes('@'))
    throw new Error(
      `SMTP_URL is set, so MAIL_FROM must name a sender such as huangge@example.org, found ${JSON.stringify(from)}.`,
    );
  return { url, from };
}

function assistantOf(env: Env): Config['assistant'] {
  const baseUrl = env['ASSISTANT_URL'] ?? '';
  if (baseUrl === '') return null;
  const model = env['ASSISTANT_MODEL'] ?? '';
  if (!/^https?:\/\/[^/\s@]+/.test(baseUrl) || !URL.canParse(baseUrl))
    throw new Error(
      `ASSISTANT_URL must be an address such as https://models.example.org/v1, found ${JSON.stringify(baseUrl)}.`,
    );
  if (model === '') throw new Error('ASSISTANT_URL is set, so ASSISTANT_MODEL must name a model of that endpoint.');
  const allowPrivate = env['ASSISTANT_PRIVATE'] === 'yes';
  if (baseUrl.startsWith('http:') && !allowPrivate)
    throw new Error(
      'ASSISTANT_URL must be an https address; http only for an endpoint of your own network, with ASSISTANT_PRIVATE=yes.',
    );
  return {
    baseUrl,
    key: secret(env, 'ASSISTANT_KEY') ?? null,
    model,
    timeoutMs: whole(env, 'ASSISTANT_TIMEOUT_S', 30, 1, 120) * 1_000,
    perMinute: whole(env, 'ASSISTANT_PER_MINUTE', 20, 1, 1_000),
    allowPrivate,
  };
}

function oidcOf(env: Env): Config['oidc'] {
  const issuer = env['OIDC_ISSUER'];
  if (issuer === undefined || issuer === '') return null;
  const clientId = env['OIDC_CLIENT_ID'];
  const clientSecret = secret(env, 'OIDC_CLIENT_SECRET');
  if (clientId === undefined || clientSecret === undefined)
    throw new Error(
      'OIDC_ISSUER is set, so OIDC_CLIENT_ID and OIDC_CLIENT_SECRET (or OIDC_CLIENT_SECRET_FILE) must be set too.',
    );
  const http = issuer.startsWith('http:');
  if (http && env['NODE_ENV'] === 'production')
    throw new Error(`OIDC_ISSUER must be an https address in production, found ${issuer}.`);
  return {
    name: env['OIDC_NAME'] ?? '统一身份认证',
    issuer,
    clientId,
    clientSecret,
    trustLogin: env['OIDC_TRUST_LOGIN'] === 'yes',
    allowHttp: http,
  };
}
