import { generateSync } from 'otplib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStory, monday, password, type Story } from '#test/helpers/identity-story.ts';

let story: Story;
beforeAll(async () => {
  story = await openStory();
});
beforeEach(() => story.begin());
afterAll(() => story.end());

const minute = 60_000;
const wrong = { login: 'disp', password: 'not the password' };

describe('password', () => {
  test('a dispatcher signs in and is told who they are', async () => {
    const browser = story.browser();
    const answer = await browser.call('POST', '/api/session', { login: 'DISP ', password });
    expect(answer).toMatchObject({ status: 200, body: { state: 'signed_in', mustChangePassword: false } });
    const { body } = await browser.call('GET', '/api/session');
    expect(body).toMatchObject({
      csrfToken: answer.body['csrfToken'],
      oidcName: null,
      account: {
        login: 'disp',
        displayName: '派遣员',
        adminKind: null,
        locale: 'zh-CN',
        appointments: [{ unitName: '两路口治理中心', areaName: '两路口街道', role: 'dispatch_seat', live: true }],
        secondFactor: { enrolled: false, usedInThisSession: false, recoveryCodesLeft: 0 },
      },
    });
    expect(body['account']).toHaveProperty('permissions', expect.arrayContaining(['event.dispatch', 'people.read']));
    expect(await story.actions()).toEqual(['account.seed', 'session.begin']);
    const [row] = await story.rows<{ hash: string }>(`select encode(token_hash, 'base64') as hash from session`);
    expect([...browser.cookies.values()]).not.toContain(row?.hash);
  });

  test('nobody signed in is no error, only nobody', async () => {
    expect(await story.browser().call('GET', '/api/session')).toMatchObject({
      status: 200,
      body: { account: null, csrfToken: null },
    });
  });

  test('the key of a phone is the same after signing in again, and another one for another person', async () => {
    const keyOf = async (login: string) => {
      const { status, body } = await (await story.signedIn(login)).call('GET', '/api/session/field-key');
      expect(status).toBe(200);
      return String(body['secret']);
    };
    const first = await keyOf('disp');
    expect(first).toMatch(/^[\w-]{32}$/);
    expect(await keyOf('disp')).toBe(first);
    expect(await keyOf('new')).not.toBe(first);
    expect(await story.browser().call('GET', '/api/session/field-key')).toMatchObject({ status: 401 });
  });

  test('a person without any appointment may sign in and sees nothing', async () => {
    const browser = await story.signedIn('new');
    expect((await browser.call('GET', '/api/session')).body).toMatchObject({
      account: { permissions: [], appointments: [] },
    });
    expect(await browser.call('GET', '/api/people')).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
  });

  test('known and unknown logins get the same answers, lock included', async () => {
    for (const login of ['disp', 'nobody-here']) {
      const answers = [];
      for (let i = 0; i < 6; i++)
        answers.push(await story.browser().call('POST', '/api/session', { login, password: 'not the password' }));
      expect(answers.map((answer) => answer.body.code)).toEqual([
        ...Array(5).fill('bad_credentials'),
        'account_locked',
      ]);
      expect(answers[5]).toMatchObject({
        status: 423,
        body: { data: { until: new Date(monday + 15 * minute).toISOString() } },
      });
    }
    const outcomes = await story.rows<{ known: boolean; outcome: string; n: number }>(
      'select account_id is not null as known, outcome, count(*)::int as n from sign_in_attempt group by 1, 2 order by 1, 2',
    );
    expect(outcomes).toEqual([
      { known: false, outcome: 'locked', n: 1 },
      { known: false, outcome: 'unknown', n: 5 },
      { known: true, outcome: 'locked', n: 1 },
      { known: true, outcome: 'wrong', n: 5 },
    ]);
  });

  test('a locked login refuses even the right password, and opens by itself; the next lock is longer', async () => {
    for (let i = 0; i < 5; i++) await story.browser().call('POST', '/api/session', wrong);
    expect((await story.browser().call('POST', '/api/session', { login: 'disp', password })).body.code).toBe(
      'account_locked',
    );
    story.clock.advance(15 * minute);
    for (let i = 0; i < 5; i++)
      expect((await story.browser().call('POST', '/api/session', wrong)).body.code).toBe('bad_credentials');
    story.clock.advance(29 * minute);
    expect((await story.browser().call('POST', '/api/session', { login: 'disp', password })).body.code).toBe(
      'account_locked',
    );
    story.clock.advance(minute);
    expect((await story.browser().call('POST', '/api/session', { login: 'disp', password })).status).toBe(200);
    expect(await story.rows('select failed_count, locked_until from account where login = $1', ['disp'])).toEqual([
      { failed_count: 0, locked_until: null },
    ]);
  });

  test('guesses sent at the same time are counted one by one', async () => {
    const guesses = Array.from({ length: 12 }, () => story.browser().call('POST', '/api/session', wrong));
    const codes = (await Promise.all(guesses)).map((answer) => answer.body.code);
    expect(codes.filter((code) => code === 'bad_credentials')).toHaveLength(5);
    expect(codes.filter((code) => code === 'account_locked')).toHaveLength(7);
  });

  test('an address that fails fifty times has to wait, others do not', async () => {
    for (let i = 0; i < 50; i++)
      await story
        .browser('10.9.9.9')
        .call('POST', '/api/session', { login: `guess${i}`, password: 'not the password' });
    expect(await story.browser('10.9.9.9').call('POST', '/api/session', { login: 'disp', password })).toMatchObject({
      status: 429,
      body: { code: 'too_many_requests' },
    });
    expect((await story.browser('10.9.9.8').call('POST', '/api/session', { login: 'disp', password })).status).toBe(
      200,
    );
    expect(JSON.stringify(await story.rows('select key from throttle'))).not.toContain('10.9.9');
    story.clock.advance(15 * minute);
    expect((await story.browser('10.9.9.9').call('POST', '/api/session', { login: 'disp', password })).status).toBe(
      200,
    );
  });
});

describe('session', () => {
  test('ends after half an hour without use, is kept by use, and ends after twelve hours anyway', async () => {
    const idle = await story.signedIn('disp');
    const busy = await story.signedIn('disp');
    for (let i = 1; i <= 25; i++) {
      story.clock.advance(29 * minute);
      const alive = i * 29 < 12 * 60;
      expect((await busy.call('GET', '/api/session/all')).status).toBe(alive ? 200 : 401);
    }
    expect(await idle.call('GET', '/api/session/all')).toMatchObject({
      status: 401,
      body: { code: 'session_expired' },
    });
  });

  test('in the field it survives hours in a pocket', async () => {
    const browser = story.browser();
    await browser.call('POST', '/api/session', { login: 'disp', password, face: 'field' });
    story.clock.advance(11 * 60 * minute);
    expect((await browser.call('GET', '/api/session/all')).status).toBe(200);
  });

  test('last seen is written at most once a minute', async () => {
    const browser = await story.signedIn('disp');
    const seen = async () =>
      (await story.rows<{ at: Date }>('select last_seen_at as at from session'))[0]?.at.getTime();
    story.clock.advance(50_000);
    await browser.call('GET', '/api/session/all');
    expect(await seen()).toBe(monday);
    story.clock.advance(11_000);
    await browser.call('GET', '/api/session/all');
    expect(await seen()).toBe(monday + 61_000);
  });

  test('signing in again ends the session the browser had', async () => {
    const browser = await story.signedIn('disp');
    const before = Object.fromEntries(browser.cookies);
    await browser.call('POST', '/api/session', { login: 'disp', password });
    const stolen = story.browser();
    for (const [name, value] of Object.entries(before)) stolen.cookies.set(name, value);
    expect((await stolen.call('GET', '/api/session/all')).body.code).toBe('session_expired');
    expect((await browser.call('GET', '/api/session/all')).body['items']).toHaveLength(1);
  });

  test('a change without the CSRF token of the session is refused', async () => {
    const browser = await story.signedIn('disp');
    const { csrfToken } = browser;
    for (const forged of [null, 'x'.repeat(32)]) {
      browser.csrfToken = forged;
      expect(await browser.call('DELETE', '/api/session')).toMatchObject({
        status: 403,
        body: { code: 'csrf_refused' },
      });
    }
    browser.csrfToken = csrfToken;
    expect((await browser.call('DELETE', '/api/session')).status).toBe(200);
    expect(browser.cookies.size).toBe(0);
  });

  test('one sees one’s own sessions and can end another one, but nobody else’s', async () => {
    const phone = await story.signedIn('disp');
    const desk = await story.signedIn('disp');
    const stranger = await story.signedIn('dist');
    const items = (await desk.call('GET', '/api/session/all')).body['items'] as { id: string; current: boolean }[];
    const other = items.find((item) => !item.current);
    expect(items).toHaveLength(2);
    expect((await stranger.call('DELETE', `/api/session/all/${other?.id}`)).status).toBe(404);
    expect((await desk.call('DELETE', `/api/session/all/${other?.id}`)).status).toBe(200);
    expect((await phone.call('GET', '/api/session/all')).status).toBe(401);
    expect((await desk.call('GET', '/api/session/all')).status).toBe(200);
  });
});

describe('changing the password', () => {
  test('needs the old one and a good new one, ends other sessions and gives a new token', async () => {
    const other = await story.signedIn('disp');
    const browser = await story.signedIn('disp');
    const before = [...browser.cookies.values()];
    const change = (current: string, next: string) => browser.call('POST', '/api/session/password', { current, next });
    expect((await change('wrong one', 'another four words')).body.code).toBe('bad_credentials');
    expect((await change(password, password)).body.code).toBe('password_too_weak');
    expect((await change(password, 'short')).body.detail).toMatch(/at least 10 characters.*it has 5 characters/s);
    expect((await change(password, 'another four words')).status).toBe(200);
    expect([...browser.cookies.values()]).not.toEqual(before);
    expect((await browser.call('GET', '/api/session/all')).status).toBe(200);
    expect((await other.call('GET', '/api/session/all')).status).toBe(401);
    expect((await story.browser().call('POST', '/api/session', { login: 'disp', password })).body.code).toBe(
      'bad_credentials',
    );
    expect(
      (await story.browser().call('POST', '/api/session', { login: 'disp', password: 'another four words' })).status,
    ).toBe(200);
  });

  test('guessing the old one at an unlocked desk locks like signing in does', async () => {
    const browser = await story.signedIn('disp');
    const codes = [];
    for (let i = 0; i < 6; i++) {
      codes.push(
        (await browser.call('POST', '/api/session/password', { current: `guess ${i}`, next: 'another four words' }))
          .body.code,
      );
    }
    expect(codes.slice(4)).toEqual(['bad_credentials', 'account_locked']);
  });
});

describe('second factor', () => {
  const codeAt = (secret: string, ms: number) => generateSync({ secret, epoch: Math.floor(ms / 1000) });

  async function enrol(login: string): Promise<{ secret: string; recoveryCodes: string[] }> {
    const browser = await story.signedIn(login);
    const started = await browser.call('POST', '/api/session/totp', { password });
    const secret = String(started.body['secret']);
    expect(started.body).toMatchObject({
      uri: expect.stringContaining(`secret=${secret}`),
      qrSvg: expect.stringContaining('<svg'),
    });
    const { body } = await browser.call('POST', '/api/session/totp/confirm', {
      code: codeAt(secret, story.clock.now()),
    });
    return { secret, recoveryCodes: body['recoveryCodes'] as string[] };
  }

  async function pending(login = 'disp'): Promise<{ browser: ReturnType<Story['browser']>; pendingToken: unknown }> {
    const browser = story.browser();
    const { body } = await browser.call('POST', '/api/session', { login, password });
    expect(body).toMatchObject({ state: 'second_factor_needed' });
    expect(browser.cookies.size).toBe(0);
    return { browser, pendingToken: body['pendingToken'] };
  }

  test('once confirmed, the password alone opens nothing; the code does; the secret is sealed at rest', async () => {
    const { secret } = await enrol('disp');
    story.clock.advance(30_000);
    const { browser, pendingToken } = await pending();
    const answer = await browser.call('POST', '/api/session/second-factor', {
      pendingToken,
      code: codeAt(secret, story.clock.now()),
    });
    expect(answer).toMatchObject({ status: 200, body: { state: 'signed_in' } });
    expect((await browser.call('GET', '/api/session')).body).toMatchObject({
      account: { secondFactor: { enrolled: true, usedInThisSession: true, recoveryCodesLeft: 10 } },
    });
    expect(JSON.stringify(await story.rows('select * from account'))).not.toContain(secret);
    expect(await story.actions()).toEqual([
      'account.seed',
      'session.begin',
      'account.start_second_factor',
      'account.confirm_second_factor',
      'session.begin',
    ]);
  });

  test('not confirmed, it does not count', async () => {
    const browser = await story.signedIn('disp');
    await browser.call('POST', '/api/session/totp', { password });
    expect((await browser.call('POST', '/api/session/totp/confirm', { code: '000000' })).body.code).toBe(
      'bad_credentials',
    );
    await story.signedIn('disp');
  });

  test('a code is good once, even for another sign-in and for two at the same time', async () => {
    const { secret } = await enrol('disp');
    const first = await pending();
    const sendCode = (code: string) =>
      first.browser.call('POST', '/api/session/second-factor', { pendingToken: first.pendingToken, code });
    expect((await sendCode(codeAt(secret, story.clock.now()))).body.code).toBe('bad_credentials');
    story.clock.advance(30_000);
    const code = codeAt(secret, story.clock.now());
    const [a, b] = await Promise.all([pending(), pending()]);
    const answers = await Promise.all(
      [a, b].map(({ browser, pendingToken }) =>
        browser.call('POST', '/api/session/second-factor', { pendingToken, code }),
      ),
    );
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 401]);
  });

  test.each([
    ['two steps old', -60_000, 401],
    ['one step old', -30_000, 200],
    ['one step early', 30_000, 200],
    ['two steps early', 60_000, 401],
  ])('a code %s', async (_what, offset, status) => {
    const { secret } = await enrol('disp');
    story.clock.advance(5 * minute);
    const { browser, pendingToken } = await pending();
    const code = codeAt(secret, story.clock.now() + offset);
    expect((await browser.call('POST', '/api/session/second-factor', { pendingToken, code })).status).toBe(status);
  });

  test('a recovery code is good once; new ones void the old', async () => {
    const { secret, recoveryCodes } = await enrol('disp');
    const use = async (code: string | undefined) => {
      const { browser, pendingToken } = await pending();
      return { browser, answer: await browser.call('POST', '/api/session/second-factor', { pendingToken, code }) };
    };
    const { browser, answer } = await use(recoveryCodes[0]?.toUpperCase());
    expect(answer.status).toBe(200);
    expect((await use(recoveryCodes[0])).answer.status).toBe(401);
    story.clock.advance(30_000);
    const renewed = await browser.call('POST', '/api/session/totp/recovery-codes', {
      code: codeAt(secret, story.clock.now()),
    });
    expect((await use(recoveryCodes[1])).answer.status).toBe(401);
    expect((await use((renewed.body['recoveryCodes'] as string[])[0])).answer.status).toBe(200);
  });

  test('the pending sign-in ends after five minutes; a forged one is none', async () => {
    const { secret } = await enrol('disp');
    const late = await pending();
    story.clock.advance(5 * minute);
    const send = (token: unknown) =>
      story
        .browser()
        .call('POST', '/api/session/second-factor', { pendingToken: token, code: codeAt(secret, story.clock.now()) });
    expect((await send(late.pendingToken)).body.code).toBe('session_expired');
    expect((await send('forged')).body.code).toBe('session_expired');
  });

  test('wrong codes lock the login', async () => {
    await enrol('disp');
    const { browser, pendingToken } = await pending();
    const codes = [];
    for (let i = 0; i < 6; i++)
      codes.push(
        (await browser.call('POST', '/api/session/second-factor', { pendingToken, code: '000000' })).body.code,
      );
    expect(codes.slice(4)).toEqual(['bad_credentials', 'account_locked']);
  });

  test('dropping it needs password and code', async () => {
    const { secret } = await enrol('disp');
    story.clock.advance(30_000);
    const { browser, pendingToken } = await pending();
    await browser.call('POST', '/api/session/second-factor', { pendingToken, code: codeAt(secret, story.clock.now()) });
    story.clock.advance(30_000);
    const drop = (password: string, code: string) => browser.call('POST', '/api/session/totp/drop', { password, code });
    expect((await drop('wrong password', codeAt(secret, story.clock.now()))).status).toBe(401);
    expect((await drop(password, '000000')).status).toBe(401);
    expect((await drop(password, codeAt(secret, story.clock.now()))).status).toBe(200);
    await story.signedIn('disp');
  });
});
