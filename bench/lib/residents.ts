import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { uuidV7 } from '#kit/ids.ts';
import { pickOne, randomBetween, randomInt, seededRandom, type Rng } from '#kit/random.ts';
import { openClient, postText, type RawClient } from './raw-http.ts';

export interface Spot {
  name: string;
  lon: number;
  lat: number;
}

/** Where residents stand and what they complain of, from the database itself. */
export interface Neighbourhood {
  spots: Spot[];
  categories: string[];
}

/** Places inside one area, or everywhere. */
export async function readNeighbourhood(ownerUrl: string, areaCode = ''): Promise<Neighbourhood> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const spots = await client.query<Spot>(
      `select name, lon, lat from place where area_code like $1 || '%' order by id limit 500`,
      [areaCode],
    );
    const categories = await client.query<{ code: string }>(
      `select c.code from category c join category_rule r on r.category_code = c.code
       where c.public_report and c.retired_at is null group by c.code order by c.code`,
    );
    return { spots: spots.rows, categories: categories.rows.map(({ code }) => code) };
  } finally {
    await client.end();
  }
}

/** A report as a resident's phone would send it: new opId, a place near a known one, some words. */
export function makeReport(rng: Rng, { spots, categories }: Neighbourhood): { opId: string; text: string } {
  const spot = pickOne(rng, spots);
  const opId = uuidV7(Date.now());
  const body = {
    opId,
    categoryCode: pickOne(rng, categories),
    description: `${spot.name}旁边的路面坏了，老人走路不方便，请来看看。`,
    lon: spot.lon + randomBetween(rng, -0.0004, 0.0004),
    lat: spot.lat + randomBetween(rng, -0.0004, 0.0004),
    placeWords: spot.name,
  };
  return { opId, text: reportText(body, rng) };
}

function reportText(body: unknown, rng: Rng): string {
  const address = [10, randomInt(rng, 0, 255), randomInt(rng, 0, 255), randomInt(rng, 1, 254)].join('.');
  return postText('/api/public/reports', body, { 'x-forwarded-for': address });
}

export interface Load {
  port: number;
  clients: number;
  seconds: number;
  /** Reports a second offered by all together; undefined: as many as they can. */
  perSecond?: number;
  neighbourhood: Neighbourhood;
  seed: number;
}

/** Sends reports; each answer's time in ms counts from when it should have been sent, so waiting in line shows. */
export async function sendReports(load: Load): Promise<{ timesMs: number[]; failed: number; seconds: number }> {
  const clients = await Promise.all(Array.from({ length: load.clients }, () => openClient(load.port)));
  const timesMs: number[] = [];
  let failed = 0;
  const startMs = performance.now();
  const endMs = startMs + load.seconds * 1000;
  const everyMs = load.perSecond === undefined ? 0 : (1000 * load.clients) / load.perSecond;

  async function one(client: RawClient, index: number): Promise<void> {
    const rng = seededRandom(load.seed * 1000 + index);
    for (let turn = 0; ; turn++) {
      const dueMs = everyMs === 0 ? performance.now() : startMs + (turn + index / load.clients) * everyMs;
      if (dueMs >= endMs) return;
      const waitMs = dueMs - performance.now();
      if (waitMs > 0) await sleep(waitMs);
      const sentMs = everyMs === 0 ? performance.now() : dueMs;
      const { status, body } = await client.send(makeReport(rng, load.neighbourhood).text);
      if (status === 200) timesMs.push(performance.now() - sentMs);
      else if (failed++ === 0) console.log(`A report was refused (${status}): ${body}`);
    }
  }
  await Promise.all(clients.map(one));
  const seconds = (performance.now() - startMs) / 1000;
  for (const client of clients) client.close();
  return { timesMs, failed, seconds };
}
