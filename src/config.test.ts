import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const whole = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://localhost/x',
  HUANGGE_MASTER_KEY: 'ab'.repeat(32),
  HUANGGE_LEDGER_KEY: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  HUANGGE_PUBLIC_URL: 'https://huangge.example.org',
};

describe('configuration', () => {
  it('in production is complete or the program does not start', () => {
    expect(readConfig(whole)).toMatchObject({ production: true, demo: false, secure: true });
    for (const name of ['DATABASE_URL', 'HUANGGE_MASTER_KEY', 'HUANGGE_LEDGER_KEY', 'HUANGGE_PUBLIC_URL']) {
      expect(() => readConfig({ ...whole, [name]: undefined })).toThrow(name);
    }
  });

  it.each([
    [{ HUANGGE_CIPHER: 'des' }, 'HUANGGE_CIPHER must be one of aes, sm4'],
    [{ HUANGGE_INDEX: 'md5' }, 'HUANGGE_INDEX must be one of sha256, sm3'],
    [{ PORT: '99999' }, 'PORT must be a whole number from 0 to 65535'],
    [{ HUANGGE_MASTER_KEY: 'short' }, '64 hexadecimal digits'],
    [{ HUANGGE_LEDGER_KEY: 'nonsense' }, 'Ed25519'],
    [{ HUANGGE_PUBLIC_URL: 'somewhere' }, 'HUANGGE_PUBLIC_URL'],
    [{ HUANGGE_SAMPLE_SHARE: '2' }, '0 to 1'],
    [{ HUANGGE_CLOCK_AHEAD: '30' }, 'HUANGGE_CLOCK_AHEAD is for development only'],
    [{ HUANGGE_CLOCK_AHEAD: '-1' }, 'HUANGGE_CLOCK_AHEAD must be a whole number from 0'],
    [{ ASSISTANT_URL: 'models.example.org' }, 'ASSISTANT_URL must be an address'],
    [{ ASSISTANT_URL: 'https://models.example.org/v1' }, 'ASSISTANT_MODEL'],
    [{ ASSISTANT_URL: 'http://10.1.2.3/v1', ASSISTANT_MODEL: 'm' }, 'ASSISTANT_PRIVATE=yes'],
    [{ ASSISTANT_URL: 'https://a.example/v1', ASSISTANT_MODEL: 'm', ASSISTANT_TIMEOUT_S: '0' }, 'ASSISTANT_TIMEOUT_S'],
    [{ OUTGOING_ALLOW: '10.0.0.0/8,http://x' }, 'OUTGOING_ALLOW: Expected an address'],
    [{ SMTP_URL: 'mail.example.org' }, 'SMTP_URL must be'],
    [{ SMTP_URL: 'smtp://mail.example.org' }, 'MAIL_FROM'],
    [{ OIDC_ISSUER: 'https://id.example.org' }, 'OIDC_CLIENT_ID'],
    [{ DATABASE_URL_FILE: '/nowhere/at/all' }, 'no such file'],
    [{ MQTT_PORT: '70000' }, 'MQTT_PORT must be a whole number'],
    [{ MQTT_URL: 'broker.example.org' }, 'MQTT_URL must be an address'],
    [{ MQTT_CA_FILE: '/nowhere/at/all' }, 'MQTT_CA_FILE names'],
  ])('says what is wrong: %j', (change, sentence) => {
    expect(() => readConfig({ ...whole, ...change })).toThrow(sentence);
  });

  it.each([
    [{}, { port: 1883, chosen: false, url: null }],
    [{ MQTT_PORT: '0' }, { port: 0, chosen: true }],
    [{ MQTT_PORT: 'off' }, { port: null, chosen: true }],
    [{ MQTT_URL: 'mqtts://huangge:x@broker.example.org' }, { url: 'mqtts://huangge:x@broker.example.org', ca: null }],
  ])('reads where devices connect: %j', (change, expected) => {
    expect(readConfig({ ...whole, ...change }).mqtt).toMatchObject(expected);
  });

  it('elsewhere lets the clock go ahead', () => {
    const HUANGGE_DATA = mkdtempSync(join(tmpdir(), 'huangge-config-'));
    expect(readConfig({ HUANGGE_DATA }).clockAheadMs).toBe(0);
    expect(readConfig({ HUANGGE_DATA, HUANGGE_CLOCK_AHEAD: '30' }).clockAheadMs).toBe(1_800_000);
    const { clockAheadMs } = readConfig({ ...whole, HUANGGE_CLOCK_AHEAD: '0' });
    expect(clockAheadMs).toBe(0);
  });

  it('elsewhere makes its secrets once and keeps them from others', () => {
    const folder = mkdtempSync(join(tmpdir(), 'huangge-config-'));
    const first = readConfig({ HUANGGE_DATA: folder });
    const second = readConfig({ HUANGGE_DATA: folder });
    expect(second.masterKeys).toEqual(first.masterKeys);
    expect(statSync(join(folder, 'secrets.json')).mode & 0o077).toBe(0);
  });
});
