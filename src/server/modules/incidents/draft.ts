import type { WrittenFields, WrittenKind } from '#contract/incidents.ts';
import type { TaskStatus } from '#contract/events-words.ts';
import type { SeenEvent } from './access.ts';
import type { EventDetail } from './parts.ts';
import type { StoredReport } from './store.ts';
import { channelWords, hourWords, timeWords } from './words.ts';

/** What the draft is made of besides the event. */
export interface DraftSources {
  seen: SeenEvent;
  /** Names of the areas from the district down. */
  areaNames: readonly string[];
  category: string;
  /** The last written report: what was said before stays said. */
  last: StoredReport | undefined;
}

const taskWords: Record<TaskStatus, string> = {
  offered: '已通知，待签收',
  accepted: '已签收，正在赶往现场',
  on_site: '已到场处置',
  done: '已完成',
  returned: '已退回',
  waived: '经牵头单位同意不再参与',
  withdrawn: '已撤回',
};

/**
 * A proposal for a written report, made from what the platform knows: nothing is typed twice. Names of residents and
 * handlers and their words are left out; the writer adds what is needed.
 */
export function draftReport(kind: WrittenKind, sources: DraftSources): WrittenFields {
  const { seen, category, last } = sources;
  const { event } = seen;
  const before = last === undefined ? undefined : (last.fields as WrittenFields);
  const since = last?.issuedMs;
  return {
    receivedAt: event.reportedAt,
    source: before?.source ?? channelWords[event.channel],
    happenedAt: before?.happenedAt ?? event.reportedAt,
    place: before?.place ?? placeOf(sources),
    nature: before?.nature ?? category,
    cause: before?.cause ?? '',
    process: processOf(event, kind === 'final' ? undefined : since),
    scope: before?.scope ?? '',
    casualties: before?.casualties ?? '',
    trend: kind === 'final' ? '' : (before?.trend ?? ''),
    measures: measuresOf(event),
    leaders: before?.leaders ?? '',
    needs: kind === 'final' ? '' : (before?.needs ?? ''),
    contact: before?.contact ?? '',
    to: before?.to ?? '',
    signedBy: before?.signedBy ?? '',
  };
}

function placeOf({ areaNames, seen }: DraftSources): string {
  return [...areaNames, seen.event.placeWords].filter((part) => part !== '').join('');
}

/** What happened and when, since the last report or from the beginning. */
function processOf(event: EventDetail, sinceMs: number | undefined): string {
  const facts: { at: number; words: string }[] = [
    { at: Date.parse(event.reportedAt), words: `接${channelWords[event.channel]}` },
    ...event.calls.map((call) => ({
      at: Date.parse(call.calledAt),
      words: `拨打${call.number}${call.incidentNumber === '' ? '' : `（接警编号${call.incidentNumber}）`}`,
    })),
    ...moments(event.tasks, (task) => task.onSiteAt, '到场'),
    ...moments(event.tasks, (task) => task.doneAt, '完成处置'),
  ];
  if (event.closedAt !== null) facts.push({ at: Date.parse(event.closedAt), words: '核查通过，结案' });
  const lines = facts
    .filter(({ at }) => sinceMs === undefined || at > sinceMs)
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, words }) => `${hourWords(at)}，${words}`);
  if (lines.length > 0) return `${lines.join('；')}。`;
  return sinceMs === undefined ? '' : `自${timeWords(sinceMs)}上次报告以来，暂无新情况。`;
}

function moments(
  tasks: EventDetail['tasks'],
  when: (task: EventDetail['tasks'][number]) => string | null,
  words: string,
): { at: number; words: string }[] {
  return tasks.flatMap((task) => {
    const at = when(task);
    return at === null ? [] : [{ at: Date.parse(at), words: `${task.unit.name}${words}` }];
  });
}

/** Each organisation with its part and how far it is. */
function measuresOf(event: EventDetail): string {
  const lines = event.tasks
    .filter(({ status }) => status !== 'returned' && status !== 'withdrawn')
    .map((task) => `${task.unit.name}（${task.part === 'lead' ? '牵头' : '配合'}）：${taskWords[task.status]}`);
  return lines.length === 0 ? '' : `${lines.join('；')}。`;
}
