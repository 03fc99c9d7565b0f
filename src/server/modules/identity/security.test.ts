import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStory, password, units, type Story } from '#test/helpers/identity-story.ts';

let story: Story;
beforeAll(async () => {
  story = await openStory();
});
beforeEach(() => story.begin());
afterAll(() => story.end());

const office = (login: string) => `/api/security/accounts/${story.idOf(login)}/office`;

describe('three administrators are three people', () => {
  test('an office goes to a person without appointments and gives its rights at the next sign-in', async () => {
    const sec = await story.signedIn('sec');
    const before = await story.signedIn('new');
    expect((await sec.call('POST', office('new'), { adminKind: 'audit' })).status).toBe(200);
    expect((await before.call('GET', '/api/session/all')).status).toBe(401);
    const { body } = await (await story.signedIn('new')).call('GET', '/api/session');
    expect(body).toMatchObject({
      account: {
        adminKind: 'audit',
        permissions: ['grids.read', 'people.read', 'audit.read', 'ledger.read', 'care.review'],
      },
    });
  });

  test.each([
    ['sec', 'audit', 'not_allowed', /own account/],
    ['sys', 'security', 'not_allowed', /three different people/],
    ['aud', 'system', 'not_allowed', /three different people/],
    ['disp', 'audit', 'not_allowed', /found 1.*end them first/],
    ['bot', 'audit', 'not_allowed', /Only a person/],
    ['sys', null, 'in_use', /last system administrator/],
  ] as const)('giving %s the office %s is refused: %s', async (login, adminKind, code, words) => {
    const sec = await story.signedIn('sec');
    const answer = await sec.call('POST', office(login), { adminKind });
    expect(answer.body).toMatchObject({ code, detail: expect.stringMatching(words) });
    expect(await story.actions()).toEqual(['account.seed', 'session.begin']);
  });

  test('an appointment in the future forbids an office as well', async () => {
    const sys = await story.signedIn('sys');
    const sec = await story.signedIn('sec');
    const body = { unitId: units.centre, role: 'clerk', since: '2026-01-01' };
    await sys.call('POST', `/api/people/${story.idOf('new')}/appointments`, body);
    expect((await sec.call('POST', office('new'), { adminKind: 'audit' })).body.code).toBe('not_allowed');
  });

  test('somebody who still has a one-time password gets no office', async () => {
    const sys = await story.signedIn('sys');
    const sec = await story.signedIn('sec');
    await sys.call('POST', `/api/people/${story.idOf('new')}/password`, {});
    expect((await sec.call('POST', office('new'), { adminKind: 'audit' })).body.detail).toMatch(/one-time password/);
  });

  test('an appointment and an office given at the same moment: one of them wins', async () => {
    const sys = await story.signedIn('sys');
    const sec = await story.signedIn('sec');
    const answers = await Promise.all([
      sys.call('POST', `/api/people/${story.idOf('new')}/appointments`, { unitId: units.centre, role: 'clerk' }),
      sec.call('POST', office('new'), { adminKind: 'audit' }),
    ]);
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 403]);
  });

  test('an office can be taken when another holds it too', async () => {
    const sec = await story.signedIn('sec');
    expect((await sec.call('POST', office('sec2'), { adminKind: null })).status).toBe(200);
    expect((await sec.call('POST', office('sec'), { adminKind: null })).body.code).toBe('not_allowed');
  });

  test('the security administrator resets administrators’ passwords only, and not their own', async () => {
    const sec = await story.signedIn('sec');
    const reset = (login: string) => sec.call('POST', `/api/security/accounts/${story.idOf(login)}/password`, {});
    expect((await reset('aud')).body['oneTimePassword']).toMatch(/^\w{4}-\w{4}-\w{4}-\w{4}$/);
    expect((await reset('disp')).body.code).toBe('not_allowed');
    expect((await reset('sec')).body.code).toBe('not_allowed');
  });
});

describe('holding and releasing', () => {
  test('a held account is out at once and stays out until released', async () => {
    const sec = await story.signedIn('sec');
    const disp = await story.signedIn('disp');
    const path = `/api/security/accounts/${story.idOf('disp')}`;
    expect((await sec.call('POST', `${path}/hold`, { reason: '手机遗失' })).status).toBe(200);
    expect((await disp.call('GET', '/api/session/all')).body.code).toBe('session_expired');
    expect((await story.browser().call('POST', '/api/session', { login: 'disp', password })).body.code).toBe(
      'account_locked',
    );
    expect(
      (await story.browser().call('POST', '/api/session', { login: 'disp', password: 'wrong one' })).body.code,
    ).toBe('bad_credentials');
    expect((await sec.call('GET', '/api/security/accounts?state=locked')).body['items']).toMatchObject([
      { login: 'disp', failedCount: 1 },
    ]);
    await sec.call('POST', `${path}/release`, {});
    await story.signedIn('disp');
    expect((await sec.call('GET', '/api/security/accounts?state=locked')).body['items']).toEqual([]);
    expect(JSON.stringify(await story.rows('select data from ledger_entry'))).not.toContain('手机遗失');
  });

  test('a lock by failures is opened by the security administrator', async () => {
    const sec = await story.signedIn('sec');
    for (let i = 0; i < 5; i++)
      await story.browser().call('POST', '/api/session', { login: 'disp', password: 'wrong one' });
    await sec.call('POST', `/api/security/accounts/${story.idOf('disp')}/release`, {});
    await story.signedIn('disp');
  });

  test('nobody holds, releases or resets themselves', async () => {
    const sec = await story.signedIn('sec');
    for (const act of ['hold', 'release', 'second-factor']) {
      const answer = await sec.call('POST', `/api/security/accounts/${story.idOf('sec')}/${act}`, { reason: 'my own' });
      expect(answer.body.code).toBe('not_allowed');
    }
  });

  test('sessions of an account are listed and ended, one or all', async () => {
    const sec = await story.signedIn('sec');
    const browsers = [await story.signedIn('disp'), await story.signedIn('disp'), await story.signedIn('disp')];
    const path = `/api/security/accounts/${story.idOf('disp')}`;
    const items = (await sec.call('GET', `${path}/sessions`)).body['items'] as { id: string }[];
    expect(items).toHaveLength(3);
    expect((await sec.call('POST', `${path}/sign-out`, { sessionId: items[0]?.id })).body).toEqual({ ended: 1 });
    expect((await sec.call('POST', `${path}/sign-out`, { sessionId: items[0]?.id })).status).toBe(404);
    expect((await sec.call('POST', `${path}/sign-out`, {})).body).toEqual({ ended: 2 });
    for (const browser of browsers) expect((await browser.call('GET', '/api/session/all')).status).toBe(401);
  });

  test('attempts are listed newest first, without names of logins or addresses', async () => {
    const sec = await story.signedIn('sec');
    story.clock.advance(1000);
    await story.browser('10.7.7.7').call('POST', '/api/session', { login: 'nobody-here', password: 'wrong one' });
    story.clock.advance(1000);
    await story.browser('10.7.7.7').call('POST', '/api/session', { login: 'disp', password: 'wrong one' });
    story.clock.advance(1000);
    const { body } = await sec.call('GET', '/api/security/attempts?limit=2');
    expect(body['items']).toMatchObject([
      { outcome: 'wrong', displayName: '派遣员', way: 'password' },
      { outcome: 'unknown', displayName: null, accountId: null },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/10\.7\.7|nobody-here/);
    const next = await sec.call('GET', `/api/security/attempts?limit=2&cursor=${String(body['nextCursor'])}`);
    expect(next.body).toMatchObject({ items: [{ outcome: 'good', displayName: '安全员' }], nextCursor: null });
    expect((await sec.call('GET', '/api/security/attempts?outcome=unknown')).body['items']).toHaveLength(1);
  });
});

describe('API tokens', () => {
  async function makeToken(scopes: string[], more: Record<string, unknown> = {}) {
    const sec = await story.signedIn('sec');
    const made = await sec.call('POST', '/api/tokens', { accountId: story.idOf('bot'), name: '热线', scopes, ...more });
    const bearer = { authorization: `Bearer ${String(made.body['token'])}` };
    const call = (path: string) => story.browser().call('GET', path, undefined, bearer);
    return { sec, made, bearer, call };
  }

  test('a token does what both its scopes and its account’s appointments allow', async () => {
    const { call, made } = await makeToken(['people.read', 'identity.edit', 'event.report']);
    expect(made.body['token']).toMatch(/^hg_[\w-]{43}$/);
    expect((await call('/api/session')).body).toMatchObject({
      account: { permissions: ['event.report', 'people.read'] },
      csrfToken: null,
    });
    const people = (await call('/api/people')).body['items'] as { displayName: string }[];
    expect(people.map((person) => person.displayName).sort()).toEqual(['对接程序', '派遣员'].sort());
    const narrow = await makeToken(['event.report']);
    expect((await narrow.call('/api/people')).status).toBe(403);
    expect(JSON.stringify(await story.rows('select * from api_token'))).not.toContain(made.body['token']);
  });

  test('a token sends no CSRF token, and has no say over the account', async () => {
    const { bearer } = await makeToken(['people.read']);
    const browser = story.browser();
    const answer = await browser.call(
      'POST',
      '/api/session/password',
      { current: 'x', next: 'another four words' },
      bearer,
    );
    expect(answer).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
    const key = await browser.call('GET', '/api/session/field-key', undefined, bearer);
    expect(key).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
  });

  test('only service accounts have tokens: nobody may act in a person’s name', async () => {
    const { sec } = await makeToken(['people.read']);
    const body = { accountId: story.idOf('disp'), name: 'x', scopes: ['event.dispatch'] };
    expect((await sec.call('POST', '/api/tokens', body)).body.code).toBe('not_allowed');
    expect(
      (await sec.call('POST', '/api/tokens', { ...body, accountId: story.idOf('bot'), scopes: ['everything'] })).body
        .code,
    ).toBe('bad_input');
    expect(
      (
        await sec.call('POST', '/api/tokens', {
          ...body,
          accountId: story.idOf('bot'),
          expiresAt: '2025-06-01T00:00:00Z',
        })
      ).body.code,
    ).toBe('bad_input');
  });

  test('revoked, it stops at once; expired, at its time; a held account stops its tokens', async () => {
    const { sec, made, call } = await makeToken(['people.read'], { expiresAt: '2025-06-03T00:00:00Z' });
    expect((await call('/api/people')).status).toBe(200);
    expect((await sec.call('GET', '/api/tokens')).body['items']).toMatchObject([
      { name: '热线', accountName: '对接程序', lastUsedAt: '2025-06-02T01:00:00.000Z' },
    ]);
    expect((await sec.call('DELETE', `/api/tokens/${String(made.body['id'])}`)).status).toBe(200);
    expect((await call('/api/people')).body.code).toBe('session_expired');
    const second = await makeToken(['people.read'], { expiresAt: '2025-06-03T00:00:00Z' });
    await sec.call('POST', `/api/security/accounts/${story.idOf('bot')}/hold`, { reason: 'test' });
    expect((await second.call('/api/people')).status).toBe(401);
    await sec.call('POST', `/api/security/accounts/${story.idOf('bot')}/release`, {});
    expect((await second.call('/api/people')).status).toBe(200);
    story.clock.set(Date.parse('2025-06-03T00:00:00Z'));
    expect((await second.call('/api/people')).status).toBe(401);
  });

  test('an invented token is nobody', async () => {
    const headers = { authorization: 'Bearer hg_invented' };
    expect((await story.browser().call('GET', '/api/people', undefined, headers)).body.code).toBe('session_expired');
  });
});
