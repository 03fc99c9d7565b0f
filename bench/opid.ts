/**
 * 1,000 commands, each sent ten times at once with one opId: half are residents' reports, half a desk's notes on them.
 *   node bench/opid.ts [commands]
 * Goal: exactly as many effects as commands, and all ten get the same answer.
 */
import pg from 'pg';
import { uuidV7 } from '#kit/ids.ts';
import { seededRandom } from '#kit/random.ts';
import { maskOpId } from '#server/modules/ledger/index.ts';
import { count, tell, times } from './lib/figures.ts';
import { openClient, postText, type RawClient } from './lib/raw-http.ts';
import { makeReport, readNeighbourhood } from './lib/residents.ts';
import { databaseUrl, findPort, makeFolder, removeFolder, startServer } from './lib/server.ts';
import { commandHeaders, openSeats } from './lib/staff.ts';

const commands = Number(process.argv[2] ?? 1_000);
const sendings = 10;
const together = 5;

const folder = await makeFolder();
const running = await startServer({ dataDir: folder, port: await findPort() });
try {
  await bench();
} finally {
  await running.stop();
  await removeFolder(folder);
}

async function bench(): Promise<void> {
  const url = databaseUrl(folder);
  const neighbourhood = await readNeighbourhood(url, '500103');
  const rng = seededRandom(10);
  const half = Math.floor(commands / 2);
  const reports = Array.from({ length: half }, () => makeReport(rng, neighbourhood));
  const events = await sendAll(reports);
  const [seat] = await openSeats(url, 1, `p.login = 'quzhong'`);
  if (seat === undefined) throw new Error('The demo has no district dispatcher.');
  const notes = events.answers.map((answer) => {
    const { id } = JSON.parse(answer) as { id: string };
    const opId = uuidV7(Date.now());
    return {
      opId,
      text: postText(`/api/events/${id}/note`, { opId, note: '已电话联系反映人。' }, commandHeaders(seat)),
    };
  });
  const noted = await sendAll(notes);
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const effects = await owner.query<{ events: number; lines: number; most: number }>(
    `with lines as (select op_id, count(*)::int as n from ledger_entry where op_id = any ($1::uuid[]) group by op_id)
     select (select count(*)::int from event where id::text = any ($2::text[])) as events, (select sum(n)::int from lines) as lines, (select max(n) from lines) as most`,
    [
      [...reports.map(({ opId }) => maskOpId(opId)), ...notes.map(({ opId }) => opId)],
      events.answers.map((answer) => (JSON.parse(answer) as { id: string }).id),
    ],
  );
  await owner.end();
  const { events: made = 0, lines = 0, most = 0 } = effects.rows[0] ?? {};
  tell(
    `opId: effects of ${count(commands)} commands, each sent ${sendings} times at once`,
    count(lines),
    `${count(commands)}; events ${count(made)} of ${count(half)}, most effects of one opId ${most}, differing answers ${events.differing + noted.differing}`,
    times(lines / commands),
  );
  if (lines !== commands || most !== 1 || made !== half || events.differing + noted.differing > 0) process.exitCode = 1;
}

/** Every command on ten connections at the same moment; `answers` holds one of each. */
async function sendAll(list: readonly { text: string }[]): Promise<{ answers: string[]; differing: number }> {
  const answers: string[] = [];
  let differing = 0;
  let next = 0;
  async function worker(): Promise<void> {
    const clients = await Promise.all(Array.from({ length: sendings }, () => openClient(running.port)));
    for (let index = next++; index < list.length; index = next++) {
      const got = await Promise.all(clients.map((client) => send(client, list[index]?.text ?? '')));
      if (new Set(got).size !== 1) differing++;
      answers.push(got[0] ?? '');
    }
    for (const client of clients) client.close();
  }
  await Promise.all(Array.from({ length: together }, worker));
  return { answers, differing };
}

async function send(client: RawClient, text: string): Promise<string> {
  const { status, body } = await client.send(text);
  if (status !== 200) throw new Error(`A command was refused (${status}): ${body}`);
  return body;
}
