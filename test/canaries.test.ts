import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '#contract/route.ts';
import { startProgram, type Answer, type Speaker, type TestProgram } from '#test/helpers/program.ts';
import { demoLogins } from '../src/demo/index.ts';
import { contracts } from '../src/contracts.ts';
import { sample } from './architecture/sample.ts';

/** Values that occur once in the world: wherever one shows itself, we know whose secret it is. */
const ordinary = {
  name: '龘金丝雀甲',
  phone: '13100770077',
  idNumber: '11010519491231002X',
  addressDetail: '七单元七七-七',
  contact: '女儿金丝雀乙 13100880088',
  guardian: '金丝雀监护人丙',
  health: '金丝雀病情丁',
};
const restricted = {
  name: '靐金丝雀戊',
  phone: '13100990099',
  idNumber: null,
  addressDetail: '九单元九九-九',
  contact: '表弟金丝雀己',
  guardian: null,
  health: '金丝雀病情庚',
};
const valuesOf = (one: object): string[] => Object.values(one).filter((text) => typeof text === 'string');
const secrets = [ordinary, restricted].flatMap(valuesOf);
const restrictedMarks = ['靐', '131****0099', 'petitioner'];

/** Where whole names may be told, to whom: a purpose on record, or whoever visits today. */
const lawful = /^(care\.reveal|visits\.today)$/;

let program: TestProgram;
let owner: pg.Client;
const logs: string[] = [];
const speakers = new Map<string, Speaker>();
const home = { lon: 0, lat: 0, areaCode: '', eventId: '' };
const ids = { ordinary: '', restricted: '' };

async function put(login: string, person: typeof ordinary | typeof restricted, tags: string[]): Promise<string> {
  const { lon, lat, areaCode } = home;
  const body = { opId: randomUUID(), ...person, birthYear: 1949, address: '', tags, lon, lat, areaCode };
  const answer = await (speakers.get(login) as Speaker)('POST', '/api/care', body);
  if (answer.status !== 200) throw new Error(`${login} could not register: ${answer.text}`);
  return (answer.body as { person: { id: string } }).person.id;
}

beforeAll(async () => {
  program = await startProgram({ days: 10, perMonth: 60 }, null, { write: (line) => void logs.push(line) });
  owner = new pg.Client({ connectionString: program.ownerUrl });
  await owner.connect();
  for (const { login } of demoLogins) speakers.set(login, await program.signIn(login));
  const { rows } = await owner.query<typeof home>(
    `select p.lon, p.lat, p.area_code as "areaCode", e.id as "eventId" from care_person p
     join event e on e.community = p.path[4]
     where p.path @> '{500103004010}' and p.responsible_id = (select id from account where login = 'wangge') limit 1`,
  );
  Object.assign(home, rows[0]);
  await owner.query('update event set lon = $1, lat = $2 where id = $3', [home.lon, home.lat, home.eventId]);
  ids.ordinary = await put('shequ', ordinary, ['elder_alone', 'oxygen']);
  ids.restricted = await put('demo-special_care', restricted, ['petitioner']);
}, 600_000);
afterAll(async () => {
  await owner.end();
  await program.end();
});

interface Heard {
  login: string;
  door: string;
  text: string;
}

const doors = Object.entries(contracts).flatMap(([module, contract]) =>
  Object.entries(contract as Record<string, Route>).map(([name, route]) => ({ name: `${module}.${name}`, route })),
);

function address(route: Route, id: string): string {
  const query = new URLSearchParams(sample(route.query) as Record<string, string>).toString();
  const path = route.path.replace(/:([a-zA-Z]+)/g, (_, name: string) => {
    if (name === 'id') return route.path.startsWith('/api/events/') ? home.eventId : id;
    return name === 'code' ? home.areaCode : name === 'verb' ? 'receive' : 'x'.repeat(24);
  });
  return path + (query === '' ? '' : `?${query}`);
}

/** Changes of accounts and sessions would end the walk. */
const walked = ({ route }: (typeof doors)[number]): boolean =>
  route.raw !== 'stream' &&
  (route.method === 'GET' || !/\/api\/(session|account|people|accounts|security|tokens)/.test(route.path)) &&
  !/\/(retire|erase)$/.test(route.path);

async function walk(login: string, speak: Speaker): Promise<Heard[]> {
  const heard: Heard[] = [];
  for (const { name, route } of doors.filter(walked)) {
    for (const id of route.path.includes(':id') ? [ids.ordinary, ids.restricted] : [ids.ordinary]) {
      const plain = route.raw === undefined ? sample(route.body) : {};
      const body = route.method === 'GET' ? undefined : plain;
      const answer: Answer = await speak(route.method, address(route, id), body);
      heard.push({ login, door: name, text: answer.text });
    }
  }
  return heard;
}

/** Which canaries sing in a text, and where it was heard. */
function singing(heard: readonly Heard[], canaries: readonly string[]): string[] {
  return heard.flatMap(({ login, door, text }) =>
    canaries.filter((canary) => text.includes(canary)).map((canary) => `${login} at ${door}: ${canary}`),
  );
}

describe('no canary sings', () => {
  let heard: Heard[] = [];

  it('in any answer to any demo login, or to a stranger, but where a purpose is on record', async () => {
    heard = await walk('stranger', program.stranger);
    for (const [login, speak] of speakers) heard.push(...(await walk(login, speak)));
    expect(heard.length).toBeGreaterThan(demoLogins.length * 100);
    expect(
      singing(
        heard.filter(({ door }) => !lawful.test(door)),
        secrets,
      ),
    ).toEqual([]);
    // The walk opens what may be opened: otherwise its silence would prove nothing.
    expect(singing(heard, [ordinary.name]).map((one) => one.split(':')[0])).toContain('shequ at care.reveal');
  }, 600_000);

  it('nor is a restricted person so much as masked before anybody outside special care', () => {
    const others = heard.filter(({ login }) => login !== 'demo-special_care');
    const allowed = others.filter(({ door }) => !door.startsWith('ledger.'));
    expect(singing(allowed, [...valuesOf(restricted), ...restrictedMarks])).toEqual([]);
    expect(singing(heard, ['靐**']).length).toBeGreaterThan(0);
  });

  it('in refusals of what was typed wrongly', async () => {
    const speak = speakers.get('shequ') as Speaker;
    const body = { opId: randomUUID(), ...ordinary, address: '', tags: ['elder_alone'], ...home };
    const answers = [
      await speak('POST', '/api/care', body), // the number is there already
      await speak('POST', '/api/care', { ...body, opId: randomUUID(), idNumber: `${ordinary.phone}000` }),
      await speak('POST', '/api/care', { ...body, opId: randomUUID(), lon: ordinary.name }),
      await speak('POST', '/api/care', { ...body, opId: randomUUID(), tags: [ordinary.name] }),
      await speak('POST', '/api/care/find', { q: [ordinary.name] }),
      await speak('GET', `/api/care?cursor=${encodeURIComponent(ordinary.name)}`),
      await speak('PATCH', `/api/care/${ids.ordinary}`, { opId: randomUUID(), version: 9, name: ordinary.name }),
    ];
    expect(answers.map(({ status }) => status >= 400)).toEqual(answers.map(() => true));
    const said = answers.map(({ text }) => ({ login: 'shequ', door: 'refusal', text }));
    expect(singing(said, secrets)).toEqual([]);
  });

  it('in the logs, nor in any table of the database: lines, operations, deliveries and all', async () => {
    const tables = await owner.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    const kept: Heard[] = [];
    // A failure nobody expected, with everything in the hands of the database: the one thing that is logged.
    await owner.query('alter table care_person rename column health to elsewhere');
    const body = { opId: randomUUID(), ...ordinary, idNumber: null, address: '', tags: ['elder_alone'], ...home };
    const broken = await (speakers.get('shequ') as Speaker)('POST', '/api/care', body);
    await owner.query('alter table care_person rename column elsewhere to health');
    expect([broken.status, logs.length > 0]).toEqual([500, true]);
    kept.push({ login: 'shequ', door: 'failure', text: broken.text }, { login: '-', door: 'log', text: logs.join('') });
    for (const { name } of tables.rows) {
      const hex = secrets.map((canary) => Buffer.from(canary).toString('hex'));
      const { rows } = await owner.query<{ text: string }>(
        `select row_to_json(t)::text as text from ${pg.escapeIdentifier(name)} t
         where row_to_json(t)::text like any ($1)`,
        [[...secrets, ...hex].map((word) => `%${word}%`)],
      );
      for (const { text } of rows) {
        const plain = hex.reduce((all, one, k) => all.replaceAll(one, secrets[k] ?? ''), text);
        kept.push({ login: '-', door: name, text: plain });
      }
    }
    expect(singing(kept, secrets)).toEqual([]);
  }, 300_000);

  it('and one that does is heard', async () => {
    const speak = speakers.get('shequ') as Speaker;
    await speak('POST', `/api/care/${ids.ordinary}/reveal`, { opId: randomUUID(), purpose: `核对${ordinary.name}` });
    const { rows } = await owner.query<{ text: string }>(
      `select body::text as text from ledger_private where body::text like $1`,
      [`%${ordinary.name}%`],
    );
    const planted = rows.map(({ text }) => ({ login: '-', door: 'ledger_private', text }));
    expect(singing(planted, secrets)).toEqual([`- at ledger_private: ${ordinary.name}`]);
  });
});
