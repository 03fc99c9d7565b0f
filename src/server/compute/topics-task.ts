import { heatOf, topicsOf, type Topic, type TopicMessage, type TopicRules } from '#engine/text/topics.ts';
import { taskAt } from './task.ts';

export interface TopicsInput {
  messages: readonly TopicMessage[];
  rules: TopicRules;
  /** Epoch milliseconds. */
  nowMs: number;
}

/** A topic and how hot it was a week before, of the messages there were then. */
export type TopicThen = Topic & { heatBefore: number };

/** The pool's task: `topicsOf` of engine/text. */
export const topicsTask = taskAt<TopicsInput, TopicThen[]>(new URL(import.meta.url));

const weekMs = 7 * 86_400_000;

/** Runs in a worker. */
export function run({ messages, rules, nowMs }: TopicsInput): TopicThen[] {
  const byId = new Map(messages.map((one) => [one.id, one]));
  return topicsOf(messages, rules, nowMs).map((topic) => {
    const then = topic.messages.flatMap((id) => byId.get(id) ?? []).filter((one) => one.atMs <= nowMs - weekMs);
    return { ...topic, heatBefore: heatOf(then, rules, nowMs - weekMs) };
  });
}
