/** Writes the online groups, their members, and what was said, announced and decided in some of them. */
import { sql } from 'kysely';
import { codePath } from '#engine/territory/area-code.ts';
import { pickOne, randomInt, seededRandom, type Rng } from '#kit/random.ts';
import type { EventStatus } from '#contract/events-words.ts';
import type { Tx } from '#server/db/pool.ts';
import { linkSecret } from '#server/modules/groups/link.ts';
import { sealedAt } from '#server/modules/groups/parts.ts';
import { endedStatuses, neededFor, statusWords, toldStatuses } from '#server/modules/groups/rules.ts';
import { digestSecret, type Vault } from '#server/vault/vault.ts';
import { insertMany, type Columns, type Row } from '../bulk.ts';
import { liangLuKou } from '../geography/names.ts';
import { seededId } from '../ids.ts';
import { answers, chatter, matters, minutes, notices, questions } from './group-words.ts';
import type { DemoGroup, DemoGroups, DemoMember } from './make-groups.ts';
import { demoSeed, foundedMs, type Town } from './make-town.ts';

const since = new Date(foundedMs);
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

interface Storing {
  tx: Tx;
  rng: Rng;
  town: Town;
  made: DemoGroups;
  nowMs: number;
}

/** After the events: some messages have become one. */
export async function storeGroups(
  tx: Tx,
  vault: Vault,
  { town, made, nowMs }: { town: Town; made: DemoGroups; nowMs: number },
): Promise<void> {
  const storing: Storing = { tx, rng: seededRandom(demoSeed + 62), town, made, nowMs };
  await storeRows(tx, vault, made);
  await storePeople(tx, vault, made);
  const talk = [...makeTalk(storing), ...(await talkOfEvents(storing))];
  await insertMany(tx, 'group_message', messageColumns, talk);
  await storePolls(storing);
  await storeNotices(storing);
  await sql`update online_group g set last_at = (select max(at) from group_message m where m.group_id = g.id)`.execute(
    tx.db,
  );
}

const districtOf = (group: DemoGroup): string => (group.gridCodes[0] ?? '').slice(0, 6);

async function storeRows(tx: Tx, vault: Vault, { groups }: DemoGroups): Promise<void> {
  const columns = {
    id: 'uuid',
    code: 'text',
    name: 'text',
    kind: 'text',
    platform: 'text',
    owner_id: 'uuid',
    about: 'text',
    district: 'text',
    areas: 'text[]',
    link_hash: 'bytea',
    headcount: 'integer',
    headcount_on: 'date',
    created_at: 'timestamptz',
    updated_at: 'timestamptz',
  } as const;
  const rows = groups.map((group, k) => ({
    id: group.id,
    code: `WG-${String(k + 1).padStart(6, '0')}`,
    name: group.name,
    kind: group.kind,
    platform: group.platform,
    owner_id: group.ownerId,
    about: '说说身边事，网格员都会看。不发广告，不转谣言，不晒别人的隐私。',
    district: districtOf(group),
    areas: [...new Set(group.gridCodes.flatMap((code) => codePath(code)))],
    link_hash: digestSecret(linkSecret(vault, { id: group.id, linkRound: 1 })),
    headcount: group.headcount,
    headcount_on: group.headcount === null ? null : '2026-01-15',
    created_at: since,
    updated_at: since,
  }));
  await insertMany(tx, 'online_group', columns, rows);
  const links = groups.flatMap((group) =>
    group.gridCodes.map((code) => ({ group_id: group.id, grid_code: code, district: districtOf(group) })),
  );
  await insertMany(tx, 'group_grid', { group_id: 'uuid', grid_code: 'text', district: 'text' } as const, links);
  // The program may draw numbers, not set them.
  await sql`select max(nextval('online_group_number_seq')) from generate_series(1, ${groups.length}::int)`.execute(
    tx.db,
  );
}

async function storePeople(tx: Tx, vault: Vault, { people, members }: DemoGroups): Promise<void> {
  const person = {
    id: 'uuid',
    key_hash: 'bytea',
    phone: 'bytea',
    phone_index: 'bytea',
    created_at: 'timestamptz',
  } as const;
  await insertMany(
    tx,
    'group_person',
    person,
    people.map(({ id, phone }) => ({
      id,
      key_hash: digestSecret(id), // of no key anybody holds
      phone: phone === null ? null : vault.seal(phone, sealedAt.phone),
      phone_index: phone === null ? null : vault.blindIndex(phone, sealedAt.phone),
      created_at: since,
    })),
  );
  const member = {
    id: 'uuid',
    group_id: 'uuid',
    person_id: 'uuid',
    name: 'bytea',
    grid_code: 'text',
    district: 'text',
    joined_at: 'timestamptz',
  } as const;
  await insertMany(
    tx,
    'group_member',
    member,
    members.map((one) => ({
      id: one.id,
      group_id: one.groupId,
      person_id: one.personId,
      name: vault.seal(one.name, sealedAt.name),
      grid_code: one.gridCode,
      district: one.gridCode.slice(0, 6),
      joined_at: one.joinedAt,
    })),
  );
}

const messageColumns = {
  id: 'uuid',
  group_id: 'uuid',
  district: 'text',
  kind: 'text',
  member_id: 'uuid',
  account_id: 'uuid',
  text: 'text',
  about_id: 'uuid',
  at: 'timestamptz',
  settled_at: 'timestamptz',
  event_id: 'uuid',
  event_number: 'text',
  event_status: 'text',
  event_open: 'boolean',
} as const satisfies Columns;
type MessageLine = Row<typeof messageColumns>;

function line(storing: Storing, group: DemoGroup, atMs: number, more: Partial<MessageLine>): MessageLine {
  const at = new Date(atMs);
  return {
    id: seededId(storing.rng, atMs),
    group_id: group.id,
    district: districtOf(group),
    kind: 'member',
    member_id: null,
    account_id: null,
    text: '',
    about_id: null,
    at,
    settled_at: at,
    event_id: null,
    event_number: null,
    event_status: null,
    event_open: false,
    ...more,
  };
}

/** Nobody chats at night: hours between eleven and seven become those of the afternoon before. */
function awake(ms: number): number {
  const hour = (ms / hourMs + 8) % 24;
  return hour < 7 || hour >= 23 ? ms - 9 * hourMs : ms;
}

/** Two in three groups of our own have talked in the last weeks; in one of seven something waits for an answer. */
function makeTalk(storing: Storing): MessageLine[] {
  const { rng, made, nowMs } = storing;
  const byGroup = Map.groupBy(made.members, ({ groupId }) => groupId);
  const lines: MessageLine[] = [];
  made.groups.forEach((group, k) => {
    const members = byGroup.get(group.id) ?? [];
    if (members.length === 0 || rng() < 0.34) return;
    for (let n = randomInt(rng, 2, 7); n > 0; n--)
      lines.push(
        line(storing, group, awake(nowMs - randomInt(rng, 3, 20 * 24) * hourMs), {
          member_id: pickOne(rng, members).id,
          text: pickOne(rng, chatter),
        }),
      );
    const asked = nowMs - randomInt(rng, 20, 150) * 60_000;
    const matter = { member_id: pickOne(rng, members).id, text: matterOf(storing, group) };
    if (k % 7 === 3) lines.push(line(storing, group, asked, { ...matter, settled_at: null }));
    else if (rng() < 0.5) lines.push(...answered(storing, group, asked - randomInt(rng, 1, 8) * dayMs, matter));
  });
  return lines;
}

function answered(storing: Storing, group: DemoGroup, atMs: number, matter: Partial<MessageLine>): MessageLine[] {
  const { rng } = storing;
  const reply = { kind: 'staff', account_id: group.ownerId, text: pickOne(rng, answers) };
  return [line(storing, group, atMs, matter), line(storing, group, atMs + randomInt(rng, 3, 90) * 60_000, reply)];
}

function matterOf({ rng, town }: Storing, group: DemoGroup): string {
  const places = town.geography.places.filter(({ areaCode }) => areaCode?.slice(0, 15) === group.gridCodes[0]);
  const place = places.length === 0 ? '楼下' : pickOne(rng, places).name;
  return pickOne(rng, matters).replace('{place}', place);
}

interface GroupEvent {
  id: string;
  number: string;
  status: EventStatus;
  description: string;
  grid: string;
  reportedAt: Date;
  updatedAt: Date;
}

/** The newest events that came by a group stand in one of the groups of their grid, with what became of them. */
async function talkOfEvents(storing: Storing): Promise<MessageLine[]> {
  const { made, tx, rng } = storing;
  const { rows } = await sql<GroupEvent>`
    select id, number, status, description, grid, reported_at as "reportedAt", updated_at as "updatedAt" from event
    where channel = 'group' and street = ${liangLuKou.code} and grid is not null and status <> 'merged' order by reported_at desc limit 24`.execute(
    tx.db,
  );
  const byGroup = Map.groupBy(made.members, ({ groupId }) => groupId);
  return rows.flatMap((event) => {
    const groups = made.groups.filter(
      ({ platform, gridCodes }) => platform === 'in_app' && gridCodes.includes(event.grid),
    );
    const group = groups[0] === undefined ? undefined : pickOne(rng, groups);
    const members: readonly DemoMember[] = group === undefined ? [] : (byGroup.get(group.id) ?? []);
    if (group === undefined || members.length === 0) return [];
    const said = event.reportedAt.getTime();
    const message = line(storing, group, said - 120_000, {
      member_id: pickOne(rng, members).id,
      text: event.description,
      event_id: event.id,
      event_number: event.number,
      event_status: event.status,
      event_open: !endedStatuses.has(event.status),
    });
    const status = { kind: 'status', about_id: message.id };
    const lines = [message, line(storing, group, said, { ...status, text: statusWords(event.number, 'reported') })];
    if (toldStatuses.has(event.status))
      lines.push(
        line(storing, group, event.updatedAt.getTime(), { ...status, text: statusWords(event.number, event.status) }),
      );
    return lines;
  });
}

const own = ({ groups }: DemoGroups): DemoGroup[] => groups.filter(({ platform }) => platform === 'in_app');

/** A dozen polls: most are decided, some are open and have votes. */
async function storePolls(storing: Storing): Promise<void> {
  const { rng, made, nowMs, tx } = storing;
  const byGroup = Map.groupBy(made.members, ({ groupId }) => groupId);
  const columns = {
    id: 'uuid',
    group_id: 'uuid',
    district: 'text',
    question: 'text',
    options: 'text[]',
    quorum_of: 'text',
    quorum_percent: 'smallint',
    until: 'timestamptz',
    created_by: 'uuid',
    created_at: 'timestamptz',
    closed_at: 'timestamptz',
    result: 'jsonb',
    minutes: 'text',
  } as const;
  const rows: Row<typeof columns>[] = [];
  const votes: { poll_id: string; member_id: string; choice: number; voted_at: Date }[] = [];
  own(made)
    .filter((_, k) => k % 11 === 0)
    .forEach((group, k) => {
      const members = byGroup.get(group.id) ?? [];
      const [question, options] = questions[k % questions.length] ?? questions[0];
      const isOpen = k % 3 === 0;
      const untilMs = isOpen ? nowMs + randomInt(rng, 2, 9) * dayMs : nowMs - randomInt(rng, 3, 60) * dayMs;
      const id = seededId(rng, untilMs - 10 * dayMs, k);
      const cast = members.flatMap((member) =>
        rng() < 0.62 ? [{ member, choice: Math.floor(rng() ** 1.7 * options.length) }] : [],
      );
      const counts = options.map((_, choice) => cast.filter((one) => one.choice === choice).length);
      const needed = neededFor('members', 50, members.length);
      const result = { counts, voters: cast.length, base: members.length, needed, reached: cast.length >= needed };
      rows.push({
        id,
        group_id: group.id,
        district: districtOf(group),
        question,
        options: [...options],
        quorum_of: 'members',
        quorum_percent: 50,
        until: new Date(untilMs),
        created_by: group.ownerId,
        created_at: new Date(untilMs - 10 * dayMs),
        closed_at: isOpen ? null : new Date(untilMs),
        result: isOpen ? null : JSON.stringify(result),
        minutes: isOpen ? '' : minutes,
      });
      if (isOpen)
        for (const { member, choice } of cast)
          votes.push({ poll_id: id, member_id: member.id, choice, voted_at: new Date(nowMs - hourMs) });
    });
  await insertMany(tx, 'group_poll', columns, rows);
  const vote = { poll_id: 'uuid', member_id: 'uuid', choice: 'smallint', voted_at: 'timestamptz' } as const;
  await insertMany(tx, 'group_vote', vote, votes);
}

/** Each community has announced one thing to all its groups. */
async function storeNotices(storing: Storing): Promise<void> {
  const { rng, made, nowMs, tx, town } = storing;
  const byCommunity = Map.groupBy(own(made), ({ gridCodes }) => (gridCodes[0] ?? '').slice(0, 12));
  const byGroup = Map.groupBy(made.members, ({ groupId }) => groupId);
  const notice: Row<typeof noticeColumns>[] = [];
  const targets: { notice_id: string; group_id: string }[] = [];
  const reads: { notice_id: string; member_id: string; read_at: Date; confirmed_at: Date | null }[] = [];
  [...byCommunity].forEach(([community, groups], k) => {
    const atMs = nowMs - randomInt(rng, 1, 9) * dayMs;
    const [title, text] = notices[k % notices.length] ?? notices[0];
    const id = seededId(rng, atMs, k);
    const secretary = town.people.find(
      ({ appointment }) => appointment?.areaCode === community && appointment.role === 'secretary',
    );
    const confirm = k % 3 === 1;
    notice.push({
      id,
      district: community.slice(0, 6),
      title,
      text,
      confirm,
      pinned: k % 4 === 0,
      created_by: secretary?.id ?? null,
      created_at: new Date(atMs),
    });
    for (const group of groups) {
      targets.push({ notice_id: id, group_id: group.id });
      for (const member of (byGroup.get(group.id) ?? []).slice(0, 25))
        if (rng() < 0.7)
          reads.push({
            notice_id: id,
            member_id: member.id,
            read_at: new Date(atMs + hourMs),
            confirmed_at: confirm && rng() < 0.6 ? new Date(atMs + hourMs) : null,
          });
    }
  });
  await insertMany(tx, 'group_notice', noticeColumns, notice);
  await insertMany(tx, 'group_notice_group', { notice_id: 'uuid', group_id: 'uuid' } as const, targets);
  const read = { notice_id: 'uuid', member_id: 'uuid', read_at: 'timestamptz', confirmed_at: 'timestamptz' } as const;
  await insertMany(tx, 'group_notice_read', read, reads);
}

const noticeColumns = {
  id: 'uuid',
  district: 'text',
  title: 'text',
  text: 'text',
  confirm: 'boolean',
  pinned: 'boolean',
  created_by: 'uuid',
  created_at: 'timestamptz',
} as const satisfies Columns;
