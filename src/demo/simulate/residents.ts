/** Residents: they report, wait, ask again, and say what they think of it. */
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import type { ClientOutput } from '#contract/route.ts';
import type { publicRoutes } from '#contract/public.ts';
import { pickOne, type Rng } from '#kit/random.ts';
import { liangLuKou } from '../geography/names.ts';
import { pickSpot, type Spots } from '../history/places.ts';
import { fill, spoken } from '../history/words.ts';
import { peopleTopics } from '../history/topics-people.ts';
import { streetTopics } from '../history/topics-street.ts';
import { drawScene, sceneOf } from '../photos/scenes.ts';
import type { Session } from './client.ts';

type Categories = ClientOutput<typeof publicRoutes.categories>;
type Reported = ClientOutput<typeof publicRoutes.report>;
type Receipt = ClientOutput<typeof publicRoutes.receipt>;

export interface Residents {
  /** Somebody reports something. Answers a line for the log. */
  report(): Promise<string>;
  /** Somebody looks at their receipt, and perhaps rates, urges or comes back. Undefined when nobody has anything to say. */
  look(): Promise<string | undefined>;
}

export function photoOf(topicKey: string, kind: 'report' | 'before' | 'after'): Promise<Buffer> {
  return sharp(Buffer.from(drawScene(sceneOf(topicKey), kind)))
    .jpeg({ quality: 78 })
    .toBuffer();
}

export async function makeResidents(door: Session, rng: Rng, spots: Spots): Promise<Residents> {
  const { items } = await door.get<Categories>('/api/public/categories');
  const codes = new Map(items.map(({ name, code }) => [name, code]));
  const sayings = [...streetTopics, ...peopleTopics].flatMap((topic) =>
    topic.said.flatMap(([title, description, category = topic.category]) => {
      const categoryCode = codes.get(category);
      return categoryCode === undefined ? [] : [{ topic, title, description, categoryCode }];
    }),
  );
  if (sayings.length === 0) throw new Error('The server offers residents none of the categories of the demo.');
  const receipts: string[] = [];

  async function report(): Promise<string> {
    const { topic, title, description, categoryCode } = pickOne(rng, sayings);
    const spot = pickSpot(rng, spots, liangLuKou.code);
    const photo = rng() < 0.5 ? [await door.upload('report', await photoOf(topic.key, 'report'))] : [];
    const made = await door.post<Reported>('/api/public/reports', {
      opId: randomUUID(),
      categoryCode,
      title: fill(rng, title, spot.name),
      description: fill(rng, description, spot.name),
      lon: spot.lon,
      lat: spot.lat,
      placeWords: spot.name,
      attachments: photo.map(({ id, token }) => ({ id, token })),
    });
    receipts.push(made.receiptSecret);
    return `${made.number} resident report: ${fill(rng, title, spot.name)}${photo.length > 0 ? ' (photo)' : ''}`;
  }

  async function look(): Promise<string | undefined> {
    if (receipts.length === 0) return undefined;
    const secret = pickOne(rng, receipts);
    const path = `/api/public/receipts/${secret}`;
    const receipt = await door.get<Receipt>(path);
    if (receipt.mayRate && receipt.rating === null) {
      receipts.splice(receipts.indexOf(secret), 1);
      if (receipt.mayReopen && rng() < 0.08) {
        await door.post(`${path}/reopen`, { opId: randomUUID(), reason: pickOne(rng, spoken.reopen) });
        receipts.push(secret);
        return `${receipt.number} resident reopen`;
      }
      const rating = pickOne(rng, [5, 5, 5, 4, 4, 3, 2]);
      await door.post(`${path}/rate`, {
        opId: randomUUID(),
        rating,
        words: pickOne(rng, rating > 2 ? spoken.praise : spoken.blame),
      });
      return `${receipt.number} resident rate ${rating}`;
    }
    if (receipt.mayUrge && rng() < 0.1) {
      await door.post(`${path}/urge`, { opId: randomUUID(), words: pickOne(rng, spoken.urge) });
      return `${receipt.number} resident urge`;
    }
    return undefined;
  }

  return { report, look };
}
