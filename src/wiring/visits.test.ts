import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemScope } from '#server/db/scope.ts';
import { createCoverage, type Coverage } from '#server/modules/coverage/index.ts';
import { coverFor } from '#server/modules/force/index.ts';
import { rolePermissions, systemActor, type Actor } from '#server/modules/identity/index.ts';
import { createPeople, type People } from '#server/modules/people/index.ts';
import { buildVisits, eastGrid, type VisitsWorld } from '#server/modules/visits/visits.fixture.ts';
import { meetingOf } from './visits.ts';

let world: VisitsWorld;
let people: People;
let coverage: Coverage;
let secretary: Actor;
beforeAll(async () => {
  world = await buildVisits(({ database, territory, vault, clock }) => {
    people = createPeople({ database, territory, vault, clock });
    coverage = createCoverage({ database, territory, vault, clock, membersByGrid: async () => new Map() });
    return { standIn: coverFor, met: meetingOf({ territory, vault }, coverage) };
  });
  people.alsoErase(world.visits.erasable);
  people.alsoSeenIn(world.visits.watcher);
  const grants = [
    { role: 'secretary', unitId: world.unit.east, areaCode: '500103004001', permissions: new Set(rolePermissions.secretary) },
  ] as const; // prettier-ignore
  secretary = { ...world.as.secretary, grants };
});
afterAll(() => world.close());

const op = () => ({ opId: randomUUID() });
const day = 86_400_000;

async function dueToday(tags: string[], name?: string): Promise<{ personId: string; taskId: string }> {
  const personId = await world.addPerson(tags, name === undefined ? {} : { name });
  await world.visits.jobs.plan();
  await world.makeDue(personId);
  const [task] = await world.rows<{ id: string }>(
    'select id from visit_task where person_id = $1 and ended_at is null',
    [personId],
  );
  return { personId, taskId: task?.id ?? '' };
}

/** Every text of the database, and whatever the vault opens under any of the columns that hold sealed values. */
async function everything(): Promise<string> {
  const columns = await world.rows<{ t: string; c: string; sealed: boolean }>(
    `select c.table_name as t, c.column_name as c, c.data_type = 'bytea' as sealed from information_schema.columns c
     join information_schema.tables s using (table_schema, table_name)
     where table_schema = 'public' and table_type = 'BASE TABLE'
       and data_type in ('bytea', 'text', 'jsonb', 'ARRAY')`,
  );
  const found: string[] = [];
  for (const { t, c, sealed } of columns)
    for (const { v } of await world.rows<{ v: unknown }>(`select "${c}" as v from "${t}" where "${c}" is not null`)) {
      if (!sealed) found.push(JSON.stringify(v));
      else
        try {
          found.push(world.vault.open(v as Buffer, `${t}.${c}`));
        } catch {
          // A digest or another program's bytes: no words in it.
        }
    }
  return found.join('\n');
}

async function uploadBy({ accountId }: Actor): Promise<{ id: string; token: string }> {
  const digest = createHash('sha256').update(randomUUID()).digest();
  const photo = { sha256: digest, storedSha256: digest, full: new Uint8Array(10), width: 4, height: 3 };
  return world.events.photos.keep({ ...systemActor, accountId }, 'evidence', photo, `photos/${randomUUID()}`);
}

describe('a worker on granted leave', () => {
  test('is stood in for: the visits of the day go to the cover, and come back', async () => {
    const { gridWorker, otherGridWorker } = world.as;
    const { personId } = await dueToday(['elder_couple']);
    const leave = randomUUID();
    await world.rows(
      `insert into force_leave (id, account_id, unit_id, path, district, first_day, last_day, reason, cover_id, state, asked_at)
       values ($1, $2, $3, '{}', '500103', $4::date, $4::date, 'annual', $5, 'granted', $6)`,
      [leave, gridWorker.accountId, world.unit.east, '2026-06-15', otherGridWorker.accountId, new Date(world.clock.now())],
    ); // prettier-ignore
    await world.visits.jobs.follow();
    const idsOf = async (actor: Actor) => (await world.today(actor)).items.map((item) => item.personId);
    expect([await idsOf(gridWorker), await idsOf(otherGridWorker)]).toEqual([[], [personId]]);
    world.clock.advance(day);
    await world.visits.jobs.follow();
    expect([await idsOf(gridWorker), await idsOf(otherGridWorker)]).toEqual([[personId], []]);
    // Whoever reviews the person finds both who were shown them.
    const seen = await people.reviewHandlers.person(
      { params: { id: personId }, query: {}, body: op() },
      { actor: { ...systemActor, adminKind: 'audit', accountId: secretary.accountId } },
    );
    const shown = seen.items.filter(({ kind }) => kind === 'visit_pack');
    expect(shown.map(({ accountId, purpose }) => [accountId, purpose])).toEqual([
      [gridWorker.accountId, '当日走访'],
      [otherGridWorker.accountId, '当日走访'],
    ]);
    const [line] = await world.lines('care.reveal');
    expect(line?.data).toMatchObject({ areaCode: '500103004001', count: 1 });
  });
});

describe('a visit at which somebody is met', () => {
  test('visits the household behind the same door, however it is written; a neighbour’s word does not', async () => {
    const { gridWorker } = world.as;
    const none = { params: {}, query: {} };
    const wish = { areaCode: eastGrid, address: '样街1号', residents: 2 };
    const [own, next] = await Promise.all(
      ['2单元 5－3', '2单元5-4'].map((door) =>
        coverage.handlers.create({ ...none, body: { ...op(), ...wish, door } }, { actor: secretary }),
      ),
    );
    const visitedAt = async (id: string | undefined) =>
      (
        await world.rows<{ visited_at: Date | null; visited_how: string | null }>(
          'select visited_at, visited_how from household where id = $1',
          [id],
        )
      )[0];
    const silent = await dueToday(['elder_alone']);
    await world.record(gridWorker, silent.taskId, { outcome: 'no_answer' });
    await world.record(gridWorker, silent.taskId, { method: 'neighbour', outcome: 'neighbour_ok' });
    expect(await visitedAt(own?.household.id)).toEqual({ visited_at: null, visited_how: null });
    const met = await dueToday(['elder_alone']);
    const before = (await world.rows('select id from ledger_entry')).length;
    await world.record(gridWorker, met.taskId, { method: 'video' });
    expect((await world.rows('select id from ledger_entry')).length).toBe(before + 1);
    expect(await visitedAt(own?.household.id)).toEqual({
      visited_at: new Date(world.clock.now()),
      visited_how: 'phone',
    });
    expect(await visitedAt(next?.household.id)).toEqual({ visited_at: null, visited_how: null });
  });
});

describe('an erasure', () => {
  const secrets = ['司寇阿斑', '髋部骨折', '夜里怕黑', '楼上阿斑的妹妹', '阿斑怕生'];

  test('takes what visits keep: nothing of the person opens anywhere, figures stay', async () => {
    const { gridWorker } = world.as;
    const first = await dueToday(['elder_alone'], secrets[0]);
    const photo = await uploadBy(gridWorker);
    await world.record(gridWorker, first.taskId, {
      outcome: 'changed',
      changes: { health: secrets[1] ?? '', helper: secrets[3] ?? '' },
      note: secrets[2] ?? '',
      attachments: [photo],
    });
    await world.visits.jobs.plan();
    const { rows } = world;
    const [open] = await rows<{ id: string; worker_id: string }>(
      'select id, worker_id from visit_task where person_id = $1 and ended_at is null',
      [first.personId],
    );
    await world.visits.handlers.reassign(
      {
        params: { id: open?.id ?? '' },
        query: {},
        body: { ...op(), version: 1, workerId: gridWorker.accountId ?? '', reason: secrets[4] ?? '' },
      },
      { actor: secretary },
    );
    const before = await everything();
    for (const secret of secrets) expect(before, secret).toContain(secret);

    const params = { id: first.personId };
    const { rightsHandlers } = people;
    const plan = await rightsHandlers.erasure({ params, query: {}, body: {} }, { actor: secretary });
    expect(plan.gone.filter(({ holder }) => holder === 'visits')).toEqual(
      Object.entries({ visits: 1, form: 1, tasks: 2, reasons: 1, photos: 1 }).map(([kind, n]) => {
        return { holder: 'visits', kind, rows: n };
      }),
    );
    const body = { ...op(), version: plan.version, ground: 'withdrawn', reason: '本人书面撤回' };
    await rightsHandlers.erase({ params, query: {}, body }, { actor: secretary });

    const after = await everything();
    for (const secret of secrets) expect(after, secret).not.toContain(secret);
    const of = 'where person_id = $1';
    expect(await rows(`select outcome, changed, note, changes from visit ${of}`, [first.personId])).toEqual([
      { outcome: 'changed', changed: [], note: null, changes: null },
    ]);
    expect(await rows(`select distinct state, tags from visit_task ${of} order by 1`, [first.personId])).toEqual([
      { state: 'done', tags: [] },
      { state: 'withdrawn', tags: [] },
    ]);
    expect(await rows('select subject_id from attachment where id = $1', [photo.id])).toEqual([{ subject_id: null }]);
    await world.visits.jobs.plan();
    expect(await rows(`select id from visit_task ${of} and ended_at is null`, [first.personId])).toEqual([]);
    const again = await rightsHandlers.erasure({ params, query: {}, body: {} }, { actor: secretary });
    expect(again.gone).toEqual([]);
  });

  test('of what was said is nothing the program can do by itself', async () => {
    const { personId } = await dueToday(['elder_alone']);
    await expect(
      world.database.inTx(systemScope, ({ db }) =>
        db.selectNoFrom((eb) => eb.fn('huangge_erase_visits', [eb.val(personId)]).as('gone')).execute(),
      ),
    ).rejects.toThrow('care.erase');
  });
});
