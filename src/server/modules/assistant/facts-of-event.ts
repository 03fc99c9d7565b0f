import type { EventDetail } from './parts.ts';

const mostLines = 30;
const mostWords = 600;

/** What the model is told of an event, before anything is masked, and the names of staff that stand in it. */
export function factsOfEvent(event: EventDetail): { facts: string; names: string[] } {
  const lines = event.timeline.slice(-mostLines).map((line) => {
    const said = Object.values(line.words).filter((word) => typeof word === 'string' && word !== '');
    return `${line.at} ${line.verb} ${said.join('；').slice(0, mostWords)}`.trim();
  });
  const done = event.tasks
    .filter(({ result }) => result !== '')
    .map(({ unit, result }) => `${unit.name}：${result.slice(0, mostWords)}`);
  const facts = [
    `事项：${event.title}`,
    `描述：${event.description.slice(0, 2_000)}`,
    `地点：${event.placeWords}`,
    `状态：${event.status}；等级：P${event.priority}；上报：${event.reportedAt}`,
    `退回 ${event.returns} 次，返工 ${event.reworks} 次，重新办理 ${event.reopens} 次`,
    '经过：',
    ...lines,
    ...(done.length === 0 ? [] : ['办理结果：', ...done]),
  ].join('\n');
  const names = [
    ...event.timeline.flatMap(({ actorName }) => actorName ?? []),
    ...event.tasks.flatMap(({ assignee }) => assignee ?? []),
  ];
  return { facts, names };
}
