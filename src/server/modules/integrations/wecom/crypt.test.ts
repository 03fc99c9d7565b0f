import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCall, sealedIn, WecomFault } from './callback.ts';
import { decrypt, isSigned, openEnvelope } from './crypt.ts';
import { readMessage } from './message.ts';
import { toSettings } from './settings.ts';
import { appMessage, asJson, asXml, makeAesKey, sealBytes, sealCall } from './wecom.fixture.ts';

const nowMs = Date.parse('2026-06-15T02:00:00Z');

describe('the envelope', () => {
  it('opens the example the makers of WeCom publish with their libraries', () => {
    const keys = { token: 'QDG6eK', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' };
    const sealed = 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==';
    const envelope = { timestamp: '1409659589', nonce: '263014780', sealed };
    expect(isSigned(keys, { ...envelope, signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3' })).toBe(true);
    expect(openEnvelope(keys, sealed)).toEqual({ message: '1616140317555161061', receiver: 'wx5823bf96d3bd56c7' });
  });

  it('opens whatever the other side seals, and nothing under another key', () => {
    const [aesKey, other] = [makeAesKey(), makeAesKey()];
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ maxLength: 40 }), (message, receiver) => {
        const { sealed } = sealCall({ token: 't', aesKey, receiver }, message, nowMs);
        expect(openEnvelope({ token: 't', aesKey }, sealed)).toEqual({ message, receiver });
        expect(openEnvelope({ token: 't', aesKey: other }, sealed)?.message).not.toBe(message || 'x');
      }),
    );
  });

  it('never breaks on bytes that mean nothing', () => {
    const keys = { token: 't', aesKey: makeAesKey() };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        decrypt(keys, Buffer.from(bytes));
        openEnvelope(keys, Buffer.from(bytes).toString('base64'));
        decrypt(keys, sealBytes(keys.aesKey, Buffer.from(bytes)));
      }),
    );
  });
});

describe('a call', () => {
  const sender = { token: 'token', aesKey: makeAesKey(), receiver: 'ww1' };
  const settings = toSettings({ way: 'app', corpId: 'ww1', token: 'token', aesKey: sender.aesKey });
  const fault = (work: () => unknown) => {
    try {
      work();
      return 'none';
    } catch (error) {
      return error instanceof WecomFault ? error.fault : error;
    }
  };

  it('is refused when any part of it was changed', () => {
    const { query, sealed } = sealCall(sender, 'hello', nowMs);
    expect(openCall(settings, query, sealed, nowMs)).toBe('hello');
    for (const changed of [
      { ...query, msg_signature: '0'.repeat(40) },
      { ...query, msg_signature: query.msg_signature.slice(1) },
      { ...query, nonce: '1' },
      { ...query, timestamp: String(Number(query.timestamp) + 1) },
      {},
    ])
      expect(fault(() => openCall(settings, changed, sealed, nowMs))).toBe('signature');
    expect(fault(() => openCall(settings, query, `${sealed}A`, nowMs))).toBe('signature');
    expect(fault(() => openCall({ ...settings, token: 'other' }, query, sealed, nowMs))).toBe('signature');
  });

  it('is refused when it is old, from the future, or for somebody else', () => {
    const { query, sealed } = sealCall(sender, 'hello', nowMs);
    for (const late of [301_000, -301_000])
      expect(fault(() => openCall(settings, query, sealed, nowMs + late))).toBe('time');
    expect(openCall(settings, query, sealed, nowMs + 299_000)).toBe('hello');
    const foreign = sealCall({ ...sender, receiver: 'ww2' }, 'hello', nowMs);
    expect(fault(() => openCall(settings, foreign.query, foreign.sealed, nowMs))).toBe('receiver');
    const wrongKey = sealCall({ ...sender, aesKey: makeAesKey() }, 'hello', nowMs);
    expect(fault(() => openCall(settings, wrongKey.query, wrongKey.sealed, nowMs))).toMatch(/^(key|receiver)$/);
  });

  it('carries its ciphertext in XML without a DOCTYPE, or in JSON', () => {
    expect(sealedIn(asXml('abc='))).toBe('abc=');
    expect(sealedIn(asJson('abc='))).toBe('abc=');
    for (const bad of [
      '<!DOCTYPE x [<!ENTITY e "abc=">]><xml><Encrypt>&e;</Encrypt></xml>',
      '<xml/>',
      '{}',
      '[]',
      '',
      'a=b',
    ])
      expect([bad, fault(() => sealedIn(Buffer.from(bad)))]).toEqual([bad, 'content']);
  });
});

describe('messages', () => {
  it('of an application: text, photo, kinds that are only named; events are none', () => {
    expect(
      readMessage(appMessage('text', '<Content><![CDATA[井盖 <坏> 了\n在三号楼]]></Content>', { id: '9' })),
    ).toEqual({
      id: '9',
      author: 'lisi',
      chatId: '',
      photos: [],
      atMs: 1_781_488_800_000,
      text: '井盖 <坏> 了\n在三号楼',
    });
    expect(
      readMessage(appMessage('image', '<PicUrl>http://x/</PicUrl><MediaId><![CDATA[M1]]></MediaId>')),
    ).toMatchObject({
      text: '',
      photos: [{ mediaId: 'M1' }],
    });
    expect(readMessage(appMessage('location', '<Label><![CDATA[中山路]]></Label>'))?.text).toMatch(
      /^〔位置消息.*〕 中山路$/,
    );
    expect(readMessage(appMessage('event', '<Event>enter_agent</Event>'))).toBeUndefined();
    expect(() => readMessage(appMessage('text', '<Content></Content>'))).toThrow(WecomFault);
    expect(() => readMessage(appMessage('text', '<Content>x</Content>', { id: '' }))).toThrow(WecomFault);
  });

  it('of a robot: without the name it was called by, mixed ones in one', () => {
    const from = { msgid: 'm', chatid: 'c', chattype: 'group', from: { userid: 'wang' } };
    const text = { msgtype: 'text', text: { content: '@小网格 楼道堆物' } };
    expect(readMessage(JSON.stringify({ ...from, ...text }))).toEqual({
      id: 'm',
      author: 'wang',
      chatId: 'c',
      photos: [],
      text: '楼道堆物',
    });
    const mixed = {
      msgtype: 'mixed',
      mixed: { msg_item: [text, { msgtype: 'image', image: { url: 'https://x/1' } }] },
    };
    expect(readMessage(JSON.stringify({ ...from, ...mixed }))).toMatchObject({
      text: '楼道堆物',
      photos: [{ url: 'https://x/1' }],
    });
    expect(readMessage(JSON.stringify({ ...from, msgtype: 'event' }))).toBeUndefined();
  });
});
