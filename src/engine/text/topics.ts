/** Hot issues: messages that tell of one matter at one place, told by many; how hot, and under what title. */
import { dayMs } from '#kit/shanghai-days.ts';
import { groupByLinkage, type Edge } from './linkage.ts';
import { redact } from './personal-data.ts';
import { createSimilarIndex, type SimilarEntry, type SimilarRules } from './similar.ts';

export interface TopicMessage extends SimilarEntry {
  /** Who told it, by any key that is the same for the same person; null where nobody knows: then each counts as another. */
  reporter: string | null;
  /** What people say it is; messages of two kinds are not of one matter. Null: nobody has said. */
  kind?: string | null;
  votesFor: number;
  votesAgainst: number;
}

export interface TopicRules extends SimilarRules {
  /** 0 to 1: two messages are asked to be this alike to be looked at together at all. */
  linkFrom: number;
  /** 0 to 1: mean likeness from which two groups are one issue. */
  joinFrom: number;
  /** Metres: two messages further apart than this are not of one matter, however alike their words. */
  reachM: number;
  /** 0 to 1: what likeness counts between two whose places are known: they share the name of the place, which is no matter. */
  placedWeight: number;
  /** Neighbours asked of each message. */
  neighbours: number;
  /** Fewest messages that make an issue. */
  leastMessages: number;
  /** Days after which a person's voice counts half. */
  halfLifeDays: number;
  /** What each doubling of the votes for, and against, counts in voices. */
  forWeight: number;
  againstWeight: number;
  /** Days an issue must last to get the whole of `spanWeight` on top; an issue that lasts is not solved by waiting. */
  spanFullDays: number;
  spanWeight: number;
}

export interface Topic {
  /** Ids of its messages, oldest first. */
  messages: string[];
  /** Redacted, cleaned; of the most central message. */
  title: string;
  central: string;
  heat: number;
  reporters: number;
  votesFor: number;
  votesAgainst: number;
  firstMs: number;
  lastMs: number;
  /** Middle of the places known; null where none is. */
  lon: number | null;
  lat: number | null;
}

/**
 * The issues among `messages`, hottest first, ties by the lower id of the central message. `nowMs`: the moment heat is told
 * for; nothing later than it may be among the messages. O(n · neighbours) after the search.
 */
export function topicsOf(messages: readonly TopicMessage[], rules: TopicRules, nowMs: number): Topic[] {
  const edges = edgesOf(messages, rules);
  const groups = groupByLinkage(messages.length, edges, rules.joinFrom, rules.neighbours);
  const members = new Map<number, number[]>();
  groups.forEach((group, node) => members.set(group, [...(members.get(group) ?? []), node]));
  const likeness = new Map<number, number>();
  for (const { a, b, weight } of edges) {
    if (groups[a] !== groups[b]) continue;
    for (const node of [a, b]) likeness.set(node, (likeness.get(node) ?? 0) + weight);
  }
  return [...members.values()]
    .filter((nodes) => nodes.length >= rules.leastMessages)
    .map((nodes) => topicOf(nodes, messages, likeness, rules, nowMs))
    .toSorted((a, b) => b.heat - a.heat || (a.central < b.central ? -1 : 1));
}

/** Each pair that is like enough, once. */
export function edgesOf(messages: readonly TopicMessage[], rules: TopicRules): Edge[] {
  const index = createSimilarIndex(rules);
  const places = new Map(messages.map((one, k) => [one.id, k]));
  for (const one of messages) index.add(one);
  const edges = new Map<string, Edge>();
  messages.forEach((one, a) => {
    for (const found of index.query({ ...one, exceptId: one.id, withinM: rules.reachM }, rules.neighbours)) {
      const b = places.get(found.id);
      const weight = found.score * (found.distanceM === null ? 1 : rules.placedWeight);
      if (b === undefined || weight < rules.linkFrom || !mayBeOne(one, messages[b])) continue;
      edges.set(`${Math.min(a, b)} ${Math.max(a, b)}`, { a: Math.min(a, b), b: Math.max(a, b), weight });
    }
  });
  return [...edges.values()];
}

function mayBeOne({ kind = null }: TopicMessage, other: TopicMessage | undefined): boolean {
  const theirs = other?.kind ?? null;
  return kind === null || theirs === null || kind === theirs;
}

function topicOf(
  nodes: readonly number[],
  all: readonly TopicMessage[],
  likeness: ReadonlyMap<number, number>,
  rules: TopicRules,
  nowMs: number,
): Topic {
  const own = nodes
    .flatMap((node) => (all[node] === undefined ? [] : [{ node, message: all[node] }]))
    .toSorted((a, b) => a.message.atMs - b.message.atMs || (a.message.id < b.message.id ? -1 : 1));
  const messages = own.map((one) => one.message);
  const central = own.reduce((best, one) =>
    (likeness.get(one.node) ?? 0) > (likeness.get(best.node) ?? 0) ? one : best,
  ).message;
  const placed = messages.filter((one) => one.lon !== null && one.lat !== null);
  return {
    messages: messages.map((one) => one.id),
    title: titleOf(central.title === '' ? central.text : central.title),
    central: central.id,
    heat: heatOf(messages, rules, nowMs),
    reporters: voicesOf(messages).size,
    votesFor: sum(messages.map((one) => one.votesFor)),
    votesAgainst: sum(messages.map((one) => one.votesAgainst)),
    firstMs: Math.min(...messages.map((one) => one.atMs)),
    lastMs: Math.max(...messages.map((one) => one.atMs)),
    lon: middle(placed.map((one) => one.lon ?? 0)),
    lat: middle(placed.map((one) => one.lat ?? 0)),
  };
}

/** The newest word of each person, by reporter; unknown ones by message. */
function voicesOf(messages: readonly TopicMessage[]): Map<string, number> {
  const voices = new Map<string, number>();
  for (const { id, reporter, atMs } of messages) {
    const key = reporter === null ? `message ${id}` : `person ${reporter}`;
    voices.set(key, Math.max(atMs, voices.get(key) ?? 0));
  }
  return voices;
}

/**
 * heat = (Σ over persons 2^(−age / halfLife) + forWeight · log2(1 + for) + againstWeight · log2(1 + against)) ·
 * (1 + spanWeight · min(1, span / spanFull)). One person counts once however often they write. 0 or more, in voices.
 */
export function heatOf(
  messages: readonly TopicMessage[],
  rules: Pick<TopicRules, 'halfLifeDays' | 'forWeight' | 'againstWeight' | 'spanFullDays' | 'spanWeight'>,
  nowMs: number,
): number {
  if (messages.length === 0) return 0;
  const voices = sum(
    [...voicesOf(messages).values()].map((atMs) => 2 ** (-(nowMs - atMs) / dayMs / rules.halfLifeDays)),
  );
  const votes =
    rules.forWeight * Math.log2(1 + sum(messages.map((one) => one.votesFor))) +
    rules.againstWeight * Math.log2(1 + sum(messages.map((one) => one.votesAgainst)));
  const times = messages.map((one) => one.atMs);
  const spanDays = (Math.max(...times) - Math.min(...times)) / dayMs;
  return (voices + votes) * (1 + rules.spanWeight * Math.min(1, spanDays / rules.spanFullDays));
}

/** A title without the words people begin and end a letter with, without persons; at most 40 signs. */
export function titleOf(said: string): string {
  const plain = redact(said.replaceAll(/\s+/g, ' ').trim())
    .replace(
      /^(?:尊敬的[^，,：:]{0,12}[，,：:])?(?:关于|反映|投诉|举报|请求|恳请|咨询|建议|求助|再次|强烈|要求|[，,：:\s])*/u,
      '',
    )
    .replace(/(?:的?(?:问题|情况|事宜|事情|投诉|咨询|建议|请求))?[？?！!。.，,；;\s]*$/u, '');
  const signs = Array.from(plain === '' ? said.trim() : plain);
  return signs.length <= 40 ? signs.join('') : `${signs.slice(0, 39).join('')}…`;
}

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

/** The middle value, so that one wrong place does not move it; null of none. */
function middle(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? null;
}
