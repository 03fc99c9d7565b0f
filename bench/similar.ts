/**
 * Like messages among 1,000,000: text × place × time on one core, beside looking at every one of them in the same run.
 * Goal: p99 ≤ 20 ms. Run: node bench/similar.ts [messages]; the messages are made from a fixed seed, a twentieth of them
 * told again by somebody else in other words.
 */
import { createSimilarIndex, type SimilarEntry, type SimilarFound } from '#engine/text/similar.ts';
import { pickOne, randomBetween, randomInt, seededRandom } from '#kit/random.ts';
import { count, quantile, tell, tellLimit, times } from './lib/figures.ts';

const size = Number(process.argv[2] ?? 1_000_000);
const rng = seededRandom(7);
const names = makeWords(6_000, 2, 4);
const matters = makeWords(220, 4, 6);
const phrases = makeWords(4_000, 4, 9);
const suffixes = ['小区', '路', '街', '花园', '广场', '苑', '大厦', '社区'];

const entries: SimilarEntry[] = [];
const twins = new Map<string, string>();
while (entries.length < size) entries.push(nextEntry());

const before = process.memoryUsage();
const index = createSimilarIndex();
const [, buildMs] = timed(() => {
  for (const entry of entries) index.add(entry);
});
const after = process.memoryUsage();
const asked = Array.from({ length: 1_000 }, () => pickOne(rng, entries));
for (const entry of asked.slice(0, 50)) index.query({ ...entry, exceptId: entry.id }, 10);
const spent: number[] = [];
const worked: number[] = [];
for (const entry of asked) {
  const cpu = process.threadCpuUsage();
  spent.push(timed(() => index.query({ ...entry, exceptId: entry.id }, 10))[1]);
  const used = process.threadCpuUsage(cpu);
  worked.push((used.user + used.system) / 1000);
}

const judged = asked.slice(0, 60).map((entry) => {
  const wish = { ...entry, exceptId: entry.id };
  const [all, allMs] = timed(() => index.queryAll(wish, 10));
  return { share: shareOf(index.query(wish, 10), all), allMs };
});
const told = [...twins].slice(-2_000);
const twinFound = told.filter(([again, first]) => {
  const entry = entries[Number(again)];
  return entry !== undefined && index.query({ ...entry, exceptId: again }, 10).some((one) => one.id === first);
}).length;

const p99 = quantile(spent, 0.99);
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
tellLimit(`like messages among ${count(size)}, one core, p99`, p99, 20);
tellLimit('the same in time of the processor (others use the machine too), p99', quantile(worked, 0.99), 20);
tell('like messages, median', `${quantile(spent, 0.5).toFixed(1)} ms`);
const allMs = mean(judged.map((one) => one.allMs));
tell(
  'the same, looking at every message',
  `${allMs.toFixed(0)} ms`,
  `${mean(spent).toFixed(1)} ms with the index`,
  times(allMs / mean(spent)),
);
tell(
  'of the ten that looking at every message finds, found',
  `${(100 * mean(judged.map((one) => one.share))).toFixed(1)} %`,
);
tell(
  'told again by others, the first message among the ten',
  `${((100 * twinFound) / told.length).toFixed(1)} %`,
  `${count(told.length)} asked`,
);
tell('putting one in', `${((1000 * buildMs) / size).toFixed(1)} µs`, `${(buildMs / 1000).toFixed(1)} s in all`);
const grown = after.arrayBuffers - before.arrayBuffers + (after.heapUsed - before.heapUsed);
tell('memory per message', `${(grown / size).toFixed(0)} B`, `${(index.bytes / size).toFixed(0)} B of it in columns`);
if (quantile(worked, 0.99) > 20) process.exitCode = 1;

function nextEntry(): SimilarEntry {
  const id = String(entries.length);
  const first = rng() < 0.05 && entries.length > 1_000 ? entries[entries.length - randomInt(rng, 1, 900)] : undefined;
  const atMs = Date.UTC(2024, 0, 1) + Math.round((entries.length / size) * 1_000 * 86_400_000);
  if (first === undefined)
    return entryOf(id, pickOne(rng, names) + pickOne(rng, suffixes), pickOne(rng, matters), atMs);
  const [where, matter] = first.title.split('的') as [string, string];
  twins.set(id, first.id);
  const again = entryOf(id, where, matter, atMs);
  return {
    ...again,
    lon: (first.lon ?? 0) + randomBetween(rng, -0.0005, 0.0005),
    lat: (first.lat ?? 0) + randomBetween(rng, -0.0005, 0.0005),
  };
}

/** In other words: the place and the matter stand, all else is said anew. */
function entryOf(id: string, where: string, matter: string, atMs: number): SimilarEntry {
  const said = Array.from({ length: randomInt(rng, 3, 12) }, () => pickOne(rng, phrases));
  said.splice(randomInt(rng, 0, said.length - 1), 0, `${where}${matter}`);
  return {
    id,
    title: `${where}的${matter}`,
    text: said.join('，'),
    lon: randomBetween(rng, 106.3, 106.8),
    lat: randomBetween(rng, 29.4, 29.8),
    atMs,
  };
}

/** Words of signs as unevenly used as real ones (Zipf). */
function makeWords(many: number, least: number, most: number): string[] {
  return Array.from({ length: many }, () =>
    Array.from({ length: randomInt(rng, least, most) }, () =>
      String.fromCodePoint(0x4e00 + Math.floor(2_500 ** rng()) - 1 + 40),
    ).join(''),
  );
}

function shareOf(found: readonly SimilarFound[], wanted: readonly SimilarFound[]): number {
  const ids = new Set(found.map((one) => one.id));
  return wanted.length === 0 ? 1 : wanted.filter((one) => ids.has(one.id)).length / wanted.length;
}

function timed<T>(work: () => T): [T, number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}
