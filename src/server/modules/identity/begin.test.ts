import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemScope } from '#server/db/scope.ts';
import { createFirstAdmins, rescueAccount, seedAccounts } from './index.ts';
import { monday, openStory, password, units, type Story } from '#test/helpers/identity-story.ts';

let story: Story;
beforeAll(async () => {
  story = await openStory();
});
beforeEach(() => story.begin());
afterAll(() => story.end());

test('the grid force of 1,370 people is seeded in less than two seconds', async () => {
  const appointments = [
    { unitId: units.centre, role: 'full_time', areaCode: '500103004', since: '2025-01-01' },
  ] as const;
  const force = Array.from({ length: 1370 }, (_, i) => ({
    login: `worker${i}`,
    displayName: `网格员${i}`,
    password,
    appointments,
  }));
  const startedAt = performance.now();
  const ids = await story.database.inTx(systemScope, (tx) =>
    seedAccounts(tx, force, { nowMs: monday, district: '500103' }),
  );
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  expect(new Set(ids).size).toBe(1370);
  const answer = await story.browser().call('POST', '/api/session', { login: 'worker1369', password });
  expect(answer).toMatchObject({ status: 200, body: { mustChangePassword: false } });
  expect(
    await story.rows(`select data from ledger_entry where action = 'account.seed' order by ctid desc limit 1`),
  ).toEqual([{ data: { accounts: 1370, appointments: 1370 } }]);
});

test('a seed with an administrator who holds an appointment is refused as a whole', async () => {
  const appointments = [{ unitId: units.centre, role: 'clerk', areaCode: null, since: '2025-01-01' }] as const;
  const seed = [
    { login: 'ok', displayName: 'x', password: null },
    { login: 'both', displayName: 'x', password: null, adminKind: 'audit', appointments },
  ] as const;
  const seeding = story.database.inTx(systemScope, (tx) =>
    seedAccounts(tx, seed, { nowMs: monday, district: '500103' }),
  );
  await expect(seeding).rejects.toMatchObject({ code: 'bad_input' });
});

test('a new installation gets three administrators once, each with a password good for one sign-in', async () => {
  await expect(createFirstAdmins(story.database, story.clock)).rejects.toMatchObject({ code: 'already_exists' });
  await story.rows('truncate account, ledger_entry, ledger_pending cascade');
  const both = await Promise.allSettled([
    createFirstAdmins(story.database, story.clock),
    createFirstAdmins(story.database, story.clock),
  ]);
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  const admins = both.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  expect(admins.map((admin) => [admin.adminKind, admin.login])).toEqual([
    ['system', 'system-admin'],
    ['security', 'security-admin'],
    ['audit', 'audit-admin'],
  ]);
  for (const { login, oneTimePassword } of admins) {
    const answer = await story.browser().call('POST', '/api/session', { login, password: oneTimePassword });
    expect(answer.body).toMatchObject({ state: 'signed_in', mustChangePassword: true });
  }
});

test('whoever owns the machine can rescue an account that lost everything', async () => {
  const sec = await story.signedIn('sec');
  await story.rows(`update account set held_at = now(), failed_count = 5 where login = 'sec'`);
  const { oneTimePassword } = await rescueAccount(story.database, story.clock, 'SEC');
  story.identity.forgetActors();
  expect((await sec.call('GET', '/api/session/all')).status).toBe(401);
  const answer = await story.browser().call('POST', '/api/session', { login: 'sec', password: oneTimePassword });
  expect(answer.body).toMatchObject({ state: 'signed_in', mustChangePassword: true });
  await expect(rescueAccount(story.database, story.clock, 'nobody-here')).rejects.toMatchObject({ code: 'not_found' });
});

test('the nightly sweep removes what is long over and keeps the rest', async () => {
  await story.signedIn('disp');
  await story.browser().call('POST', '/api/session', { login: 'nobody-here', password: 'wrong one' });
  const count = async () => {
    const [row] = await story.rows(
      'select (select count(*)::int from session) as s, (select count(*)::int from throttle) as t, (select count(*)::int from sign_in_attempt) as a',
    );
    return row;
  };
  const [job] = story.identity.jobs;
  const seen = [];
  for (const days of [1, 32, 200]) {
    story.clock.set(monday + days * 24 * 3_600_000);
    await job?.run();
    seen.push(await count());
  }
  expect(seen).toEqual([
    { s: 1, t: 2, a: 2 },
    { s: 0, t: 0, a: 2 },
    { s: 0, t: 0, a: 0 },
  ]);
  expect((await story.actions()).filter((action) => action === 'identity.sweep')).toHaveLength(2);
});

test('five hundred requests of one session at once cost one statement, then none for five seconds', async () => {
  const browser = await story.signedIn('disp');
  const [sessionToken = null] = browser.cookies.values();
  const { pool } = story.database;
  let statements = 0;
  const query = pool.query.bind(pool);
  pool.query = ((...given: Parameters<typeof query>) => {
    statements++;
    return query(...given);
  }) as typeof pool.query;
  try {
    await Promise.all(Array.from({ length: 500 }, () => story.identity.identify({ sessionToken, bearer: null })));
    story.clock.advance(4_999);
    await story.identity.identify({ sessionToken, bearer: null });
  } finally {
    pool.query = query;
  }
  expect(statements).toBe(1);
});
