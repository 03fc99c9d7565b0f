import type { TopicMessage } from '#engine/text/topics.ts';
import { uuidV7 } from '#kit/ids.ts';
import { topicsTask, type TopicThen } from '#server/compute/index.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Category, EventText } from '#server/modules/events/index.ts';
import { textRules, topicRules, urgencyFinder } from './dictionary.ts';
import type { TextParts } from './parts.ts';
import { commonPath, continues, dailyCounts, mostOf } from './rules.ts';
import { lockIssues, saveIssues, type IssueRow } from './store-issue.ts';

/** Most events of one district that are compared with one another. */
const mostEvents = 50_000;

/** Looks for hot issues in every district and writes them anew; an issue that goes on keeps its id. Answers how many there are. */
export async function retellIssues(parts: TextParts): Promise<number> {
  let told = 0;
  for (const district of parts.territory.children(parts.territory.city().code)) {
    told += await retellDistrict(parts, district.code);
  }
  return told;
}

export async function retellDistrict(parts: TextParts, district: string): Promise<number> {
  const nowMs = parts.clock.now();
  const sinceMs = nowMs - textRules().window_days * 86_400_000;
  const events = await parts.database.read(systemScope, (tx) =>
    parts.events.recent(tx, { district, sinceMs, limit: mostEvents }),
  );
  const categories = await parts.categories();
  const found =
    events.length === 0
      ? []
      : await parts.compute.run(topicsTask, {
          messages: events.map((one) => toMessage(categories, one)),
          rules: topicRules(),
          nowMs,
        });
  const byId = new Map(events.map((one) => [one.id, one]));
  await parts.database.inTx(systemScope, async (tx) => {
    const before = await lockIssues(tx, district);
    const issues = found.map((topic) => {
      const known = continues(topic.messages, before);
      if (known !== undefined) before.delete(known);
      return { ...issueOf(topic, byId, { id: known ?? uuidV7(nowMs), district, nowMs }), eventIds: topic.messages };
    });
    await saveIssues(tx, district, issues, new Date(nowMs));
  });
  return found.length;
}

/** Nobody's name is known across reports, so each report is a voice; who joined one or urged it counts like a vote. Kinds are the classes above. */
function toMessage(categories: ReadonlyMap<string, Category>, event: EventText): TopicMessage {
  const { id, title, text, lon, lat, reportedAt, reports, urges, categoryCode } = event;
  const kind = categories.get(categoryCode)?.parentCode ?? categoryCode;
  const votesFor = Math.max(0, reports - 1) + urges;
  return { id, title, text, lon, lat, atMs: reportedAt.getTime(), reporter: null, kind, votesFor, votesAgainst: 0 };
}

function issueOf(
  topic: TopicThen,
  byId: ReadonlyMap<string, EventText>,
  { id, district, nowMs }: { id: string; district: string; nowMs: number },
): IssueRow {
  const events = topic.messages.flatMap((one) => byId.get(one) ?? []);
  const path = commonPath(events.map((one) => one.path));
  return {
    id,
    title: topic.title,
    centralEventId: topic.central,
    categoryCode: mostOf(events.map((one) => one.categoryCode)),
    areaCode: path.at(-1) ?? district,
    path,
    district,
    lon: topic.lon,
    lat: topic.lat,
    heat: topic.heat,
    heatBefore: topic.heatBefore,
    events: events.length,
    openEvents: events.filter((one) => one.open).length,
    voices: events.reduce((sum, one) => sum + Math.max(1, one.reports), 0),
    urges: events.reduce((sum, one) => sum + one.urges, 0),
    firstAt: new Date(topic.firstMs),
    lastAt: new Date(topic.lastMs),
    daily: dailyCounts(
      events.map((one) => one.reportedAt.getTime()),
      nowMs,
      textRules().trend_days,
    ),
    words: wordsOf(events),
    goneAt: null,
    asOf: new Date(nowMs),
  };
}

/** In how many of the events each kind of urgency word stands. */
function wordsOf(events: readonly EventText[]): IssueRow['words'] {
  const counts: IssueRow['words'] = {};
  for (const { title, text } of events) {
    const kinds = new Set(
      urgencyFinder()
        .find(`${title}。${text}`)
        .map((sign) => sign.kind),
    );
    for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
