import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStory, password, units, type Story } from '#test/helpers/identity-story.ts';
import type { Browser } from '#test/helpers/browser.ts';

let story: Story;
beforeAll(async () => {
  story = await openStory();
});
beforeEach(() => story.begin());
afterAll(() => story.end());

const street = { unitId: units.centre, role: 'intake_seat', areaCode: '500103004' };
const mayDispatch = async (browser: Browser) =>
  JSON.stringify((await browser.call('GET', '/api/session')).body['account'] ?? '').includes('event.dispatch');

describe('who may come in', () => {
  test.each([
    ['GET', '/api/people', ['sys', 'sec', 'aud', 'disp']],
    ['POST', '/api/people', ['sys']],
    ['POST', '/api/people/:id/password', ['sys']],
    ['POST', '/api/people/:id/appointments', ['sys']],
    ['GET', '/api/security/accounts', ['sec']],
    ['POST', '/api/security/accounts/:id/hold', ['sec']],
    ['POST', '/api/security/accounts/:id/office', ['sec']],
    ['GET', '/api/security/attempts', ['sec']],
    ['GET', '/api/tokens', ['sec']],
    ['POST', '/api/tokens', ['sec']],
  ] as const)('%s %s is for %j only', async (method, path, allowed) => {
    const found: string[] = [];
    const logins = ['sys', 'sec', 'aud', 'disp', 'hand', 'new'];
    const browsers = await Promise.all(logins.map((login) => story.signedIn(login)));
    for (const [index, browser] of browsers.entries()) {
      const { status } = await browser.call(
        method,
        path.replace(':id', story.idOf('dist')),
        method === 'GET' ? undefined : {},
      );
      if (status !== 403) found.push(logins[index] ?? '');
    }
    expect(found).toEqual(allowed);
    expect((await story.browser().call(method, path.replace(':id', story.idOf('dist')))).body.code).toBe(
      'not_signed_in',
    );
  });
});

describe('the list of people', () => {
  const names = async (login: string, query = '') => {
    const { body } = await (await story.signedIn(login)).call('GET', `/api/people${query}`);
    return (body['items'] as { displayName: string }[]).map((item) => item.displayName).sort();
  };

  test('a dispatcher of a street sees who works in the street, the district who works in the district', async () => {
    expect(await names('disp')).toEqual(['对接程序', '派遣员'].sort());
    expect(await names('dist')).toEqual(['区派遣员', '处置员', '对接程序', '派遣员'].sort());
  });

  test('administrators see everybody and logins, others see no login', async () => {
    expect(await names('sys')).toHaveLength(9);
    const row = async (login: string) =>
      (await (await story.signedIn(login)).call('GET', `/api/people/${story.idOf('disp')}`)).body;
    expect(await row('sys')).toMatchObject({ login: 'disp' });
    expect(await row('dist')).toMatchObject({ displayName: '派遣员', login: null, email: null });
  });

  test('somebody outside one’s areas is absent', async () => {
    expect((await (await story.signedIn('disp')).call('GET', `/api/people/${story.idOf('dist')}`)).status).toBe(404);
  });

  test.each([
    ['?q=%E6%B4%BE%E9%81%A3', ['区派遣员', '派遣员']],
    ['?q=%25', []],
    ['?areaCode=500103004', ['对接程序', '派遣员']],
    [`?unitId=${units.bureau}`, ['区派遣员', '处置员']],
    ['?role=handler', ['处置员']],
    ['?status=disabled', []],
  ])('filter %s finds %j', async (query, found) => {
    expect(await names('sys', query)).toEqual([...found].sort());
  });

  test('pages follow one another without gap or repetition', async () => {
    const browser = await story.signedIn('sys');
    const seen: string[] = [];
    let cursor: unknown = null;
    do {
      const { body } = await browser.call(
        'GET',
        `/api/people?limit=4${cursor === null ? '' : `&cursor=${String(cursor)}`}`,
      );
      expect(body['total']).toBe(9);
      seen.push(...(body['items'] as { id: string }[]).map((item) => item.id));
      cursor = body['nextCursor'];
    } while (cursor !== null);
    expect(seen).toHaveLength(9);
    expect(new Set(seen)).toEqual(new Set(story.ids.values()));
    expect((await browser.call('GET', '/api/people?cursor=nonsense')).body.code).toBe('bad_input');
  });
});

describe('a new person', () => {
  const add = { login: 'zhao', displayName: '赵新' };

  test('gets a one-time password, must change it before anything else, and then works', async () => {
    const sys = await story.signedIn('sys');
    const { body } = await sys.call('POST', '/api/people', add);
    await sys.call('POST', `/api/people/${String(body['id'])}/appointments`, { ...street, role: 'dispatch_seat' });
    const zhao = story.browser();
    const oneTime = String(body['oneTimePassword']);
    expect((await zhao.call('POST', '/api/session', { login: 'zhao', password: oneTime })).body).toMatchObject({
      mustChangePassword: true,
    });
    expect((await zhao.call('GET', '/api/session')).body).toMatchObject({
      account: { mustChangePassword: true, permissions: [] },
    });
    expect((await zhao.call('GET', '/api/people')).status).toBe(403);
    expect((await zhao.call('POST', '/api/session/totp', { password: oneTime })).body.code).toBe('not_allowed');
    expect(
      (await zhao.call('POST', '/api/session/password', { current: oneTime, next: 'zhao has a new one' })).body.code,
    ).toBe('password_too_weak');
    expect(
      (await zhao.call('POST', '/api/session/password', { current: oneTime, next: 'three blind mice ran' })).status,
    ).toBe(200);
    expect(await mayDispatch(zhao)).toBe(true);
    expect((await zhao.call('GET', '/api/people')).status).toBe(200);
    expect((await story.browser().call('POST', '/api/session', { login: 'zhao', password: oneTime })).status).toBe(401);
    expect(await story.actions()).toEqual([
      'account.seed',
      'session.begin',
      'account.add',
      'appointment.begin',
      'session.begin',
      'account.change_password',
      'sign_in.refuse',
    ]);
  });

  test.each([
    [{ ...add, login: 'DISP' }, 'already_exists'],
    [{ ...add, email: 'Hand@example.org' }, 'already_exists'],
    [{ ...add, login: '赵' }, 'bad_input'],
    [{ ...add, login: 'a b' }, 'bad_input'],
    [{ ...add, displayName: '  ' }, 'bad_input'],
  ])('%j is refused: %s, and leaves nothing', async (body, code) => {
    const sys = await story.signedIn('sys');
    expect((await sys.call('POST', '/api/people', body)).body.code).toBe(code);
    expect(await story.actions()).toEqual(['account.seed', 'session.begin']);
  });

  test('names stay out of the lines an outside auditor sees', async () => {
    await (await story.signedIn('sys')).call('POST', '/api/people', add);
    expect(JSON.stringify(await story.rows('select * from ledger_entry'))).not.toMatch(/赵新|zhao/);
    expect(JSON.stringify(await story.rows('select body from ledger_private'))).toContain('赵新');
  });
});

describe('appointments', () => {
  test('an appointment counts at once, its end at once too, in the same process', async () => {
    const sys = await story.signedIn('sys');
    const fresh = await story.signedIn('new');
    expect(await mayDispatch(fresh)).toBe(false);
    const made = await sys.call('POST', `/api/people/${story.idOf('new')}/appointments`, {
      ...street,
      role: 'dispatch_seat',
    });
    expect(await mayDispatch(fresh)).toBe(true);
    expect((await sys.call('POST', `/api/appointments/${String(made.body['id'])}/end`, {})).status).toBe(200);
    expect(await mayDispatch(fresh)).toBe(false);
    expect((await sys.call('POST', `/api/appointments/${String(made.body['id'])}/end`, {})).status).toBe(404);
  });

  test('ended by another process, it is gone after at most five seconds', async () => {
    const browser = await story.signedIn('disp');
    expect(await mayDispatch(browser)).toBe(true);
    await story.rows('update appointment set revoked_at = now() where account_id = $1', [story.idOf('disp')]);
    expect(await mayDispatch(browser)).toBe(true);
    story.clock.advance(5_000);
    expect(await mayDispatch(browser)).toBe(false);
  });

  test('first and last day are days of Chongqing, both included', async () => {
    const sys = await story.signedIn('sys');
    const days = { since: '2025-06-03', until: '2025-06-04' };
    await sys.call('POST', `/api/people/${story.idOf('new')}/appointments`, {
      ...street,
      role: 'dispatch_seat',
      ...days,
    });
    const seen = [];
    for (const iso of ['2025-06-02T23:59:59', '2025-06-03T00:00:00', '2025-06-04T23:59:59', '2025-06-05T00:00:00']) {
      story.clock.set(Date.parse(`${iso}+08:00`));
      seen.push(await mayDispatch(await story.signedIn('new')));
    }
    expect(seen).toEqual([false, true, true, false]);
  });

  test('a unit that was dissolved gives nothing any more', async () => {
    await story.rows('update unit set retired_at = now() where id = $1', [units.centre]);
    const dispatches = await mayDispatch(await story.signedIn('disp'));
    await story.rows('update unit set retired_at = null where id = $1', [units.centre]);
    expect(dispatches).toBe(false);
  });

  test.each([
    ['sys', street, 'not_allowed', /own account/],
    ['sec', street, 'not_allowed', /may hold no appointment/],
    ['aud', street, 'not_allowed', /may hold no appointment/],
    ['new', { ...street, role: 'system_admin' }, 'bad_input', /role of an appointment/],
    ['new', { ...street, role: 'emperor' }, 'bad_input', /role of an appointment/],
    ['new', { ...street, unitId: '00000000-0000-7000-8000-00000000dead' }, 'not_found', /No such unit/],
    ['new', { ...street, areaCode: '999999' }, 'not_found', /No such area/],
    ['new', { ...street, since: '2025-06-02', until: '2025-06-01' }, 'bad_input', /last day/],
    ['disp', { ...street, role: 'dispatch_seat' }, 'already_exists', /same role/],
  ])('%s to %j is refused: %s', async (login, body, code, words) => {
    const sys = await story.signedIn('sys');
    const answer = await sys.call('POST', `/api/people/${story.idOf(login)}/appointments`, body);
    expect(answer.body).toMatchObject({ code, detail: expect.stringMatching(words) });
    expect(await story.actions()).toEqual(['account.seed', 'session.begin']);
  });
});

describe('editing', () => {
  test('disabling signs out at once and forbids signing in; enabling lets in again', async () => {
    const sys = await story.signedIn('sys');
    const disp = await story.signedIn('disp');
    await sys.call('PATCH', `/api/people/${story.idOf('disp')}`, { status: 'disabled' });
    expect((await disp.call('GET', '/api/session/all')).body.code).toBe('session_expired');
    expect((await story.browser().call('POST', '/api/session', { login: 'disp', password })).body.code).toBe(
      'bad_credentials',
    );
    await sys.call('PATCH', `/api/people/${story.idOf('disp')}`, { status: 'active', displayName: '派遣员甲' });
    expect((await (await story.signedIn('disp')).call('GET', '/api/session')).body).toMatchObject({
      account: { displayName: '派遣员甲' },
    });
  });

  test('an email of somebody else is refused', async () => {
    const sys = await story.signedIn('sys');
    expect(
      (await sys.call('PATCH', `/api/people/${story.idOf('disp')}`, { email: 'HAND@example.org' })).body.code,
    ).toBe('already_exists');
  });

  test('the system administrator cannot touch the other administrators', async () => {
    const sys = await story.signedIn('sys');
    for (const login of ['sec', 'aud']) {
      expect((await sys.call('POST', `/api/people/${story.idOf(login)}/password`, {})).body.code).toBe('not_allowed');
      expect((await sys.call('PATCH', `/api/people/${story.idOf(login)}`, { status: 'disabled' })).body.code).toBe(
        'not_allowed',
      );
    }
  });

  test('a reset password is good once, opens the lock and ends every session', async () => {
    const sys = await story.signedIn('sys');
    const disp = await story.signedIn('disp');
    for (let i = 0; i < 5; i++)
      await story.browser().call('POST', '/api/session', { login: 'disp', password: 'wrong one' });
    const { body } = await sys.call('POST', `/api/people/${story.idOf('disp')}/password`, {});
    expect((await disp.call('GET', '/api/session/all')).status).toBe(401);
    const answer = await story
      .browser()
      .call('POST', '/api/session', { login: 'disp', password: body['oneTimePassword'] });
    expect(answer).toMatchObject({ status: 200, body: { mustChangePassword: true } });
    expect(
      JSON.stringify(await story.rows('select * from ledger_entry full join ledger_private on entry_id = id')),
    ).not.toContain(body['oneTimePassword']);
  });
});

test('names and staff for the modules above', async () => {
  const { database, identity } = story;
  const scope = { seeAll: true, areas: [], units: [], accountId: null };
  const [names, staff] = await database.read(scope, async (tx) => [
    await identity.queries.namesOf(tx, [story.idOf('disp'), units.centre]),
    await identity.queries.staffOf(tx, units.bureau),
  ]);
  expect([...names]).toEqual([[story.idOf('disp'), '派遣员']]);
  expect(staff.map((person) => `${person.displayName} ${person.appointments.length}`).sort()).toEqual(
    ['区派遣员 1', '处置员 1'].sort(),
  );
});
