/** Writes needs and their voices, and polls of meetings that speak of them; the line of the demo is theirs too. */
import type { Tx } from '#server/db/pool.ts';
import { append } from '#server/modules/ledger/index.ts';
import { insertMany } from '../bulk.ts';
import type { DemoPoll } from './make-need-polls.ts';
import type { DemoNeed } from './make-needs.ts';

export async function storeNeeds(
  tx: Tx,
  { needs, polls }: { needs: readonly DemoNeed[]; polls: readonly DemoPoll[] },
): Promise<void> {
  await storePolls(tx, polls);
  await insertMany(
    tx,
    'service_need',
    {
      id: 'uuid',
      class_code: 'text',
      class_from: 'text',
      title: 'text',
      group_code: 'text',
      area_code: 'text',
      path: 'text[]',
      district: 'text',
      lon: 'float8',
      lat: 'float8',
      voices: 'int',
      people: 'int',
      state: 'text',
      reason: 'text',
      first_at: 'timestamptz',
      last_at: 'timestamptz',
    },
    needs.map((need) => ({
      id: need.id,
      class_code: need.classCode,
      class_from: need.classFrom,
      title: need.title,
      group_code: need.groupCode,
      area_code: need.areaCode,
      path: need.path,
      district: need.district,
      lon: need.lon,
      lat: need.lat,
      voices: need.voices,
      people: need.people,
      state: need.state,
      reason: need.reason,
      first_at: new Date(need.firstMs),
      last_at: new Date(need.lastMs),
    })),
  );
  await insertMany(
    tx,
    'need_voice',
    {
      id: 'uuid',
      need_id: 'uuid',
      source: 'text',
      source_ref: 'text',
      said_at: 'timestamptz',
      text: 'text',
      people: 'int',
      group_code: 'text',
      class_code: 'text',
      area_code: 'text',
      lon: 'float8',
      lat: 'float8',
      recorded_at: 'timestamptz',
      joined_by: 'text',
      joined_detail: 'int',
      minutes_now: 'int',
    },
    needs.flatMap(({ id, all }) =>
      all.map((voice) => ({
        id: voice.id,
        need_id: id,
        source: voice.source,
        source_ref: voice.sourceRef,
        said_at: new Date(voice.saidMs),
        text: voice.text,
        people: voice.people,
        group_code: voice.groupCode,
        class_code: voice.classCode,
        area_code: voice.areaCode,
        lon: voice.lon,
        lat: voice.lat,
        recorded_at: new Date(voice.saidMs),
        joined_by: voice.joinedBy,
        joined_detail: voice.joinedDetail,
        minutes_now: voice.minutesNow,
      })),
    ),
  );
  for (const need of needs) await tellState(tx, need);
}

/** What was decided has its line, as if it had been decided a day after the last voice. */
async function tellState(tx: Tx, need: DemoNeed): Promise<void> {
  if (need.state === 'open') return;
  await append(tx, {
    actor: { kind: 'system', accountId: null },
    action: 'need.state',
    subject: { type: 'need', id: need.id },
    district: need.district,
    atMs: need.lastMs,
    data: { from: 'open', to: need.state },
    words: { reason: need.reason },
    audience: need.path.map((code) => `a:${code}`),
  });
}

async function storePolls(tx: Tx, polls: readonly DemoPoll[]): Promise<void> {
  const columns = {
    id: 'uuid',
    group_id: 'uuid',
    district: 'text',
    question: 'text',
    options: 'text[]',
    quorum_of: 'text',
    until: 'timestamptz',
    created_at: 'timestamptz',
    closed_at: 'timestamptz',
    result: 'jsonb',
    minutes: 'text',
  } as const;
  const rows = polls.map((poll) => {
    const voters = poll.counts.reduce((sum, n) => sum + n, 0);
    return {
      id: poll.id,
      group_id: poll.groupId,
      district: poll.district,
      question: poll.question,
      options: poll.options,
      quorum_of: 'none',
      until: new Date(poll.closedMs),
      created_at: new Date(poll.createdMs),
      closed_at: new Date(poll.closedMs),
      result: JSON.stringify({ counts: poll.counts, voters, base: voters, needed: 0, reached: true }),
      minutes: poll.minutes,
    };
  });
  await insertMany(tx, 'group_poll', columns, rows);
}
