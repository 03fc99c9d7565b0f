import { lazy, Suspense, useState } from 'react';
import { clockSteps, type ClockStep, type Verb } from '#contract/events-words.ts';
import { useText } from '#web/i18n/area.ts';
import { operations } from '#web/i18n/operations.ts';
import { words } from '#web/i18n/words.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import type { IconName } from '#web/ui/icons/drawings.ts';
import { useDoer, useName, useUnitName } from '../parts/names.ts';
import { useWhen } from '../parts/when.ts';
import type { FeedItem, Room } from '../queries.ts';
import type { Gathered } from './gathered.ts';

const PhotoSheet = lazy(async () => ({ default: (await import('./PhotoSheet.tsx')).PhotoSheet }));

const kindIcons: Record<FeedItem['kind'], IconName> = {
  event: 'check',
  message: 'talk',
  photo: 'camera',
  cordon: 'shield',
  cordon_lift: 'shield',
  position: 'place',
  step: 'list',
  link: 'share',
  system: 'info',
};
const verbIcons: Partial<Record<Verb, IconName>> = {
  record_call: 'phone',
  invite: 'people',
  arrive: 'place',
  return: 'back',
  hand_over: 'forward',
  escalate: 'up',
  escalate_clock: 'clock',
  note: 'pen',
};
const graveVerbs: readonly Verb[] = ['return', 'escalate_clock', 'decline', 'cancel', 'supervise'];

/** One line of the room: when, who, what; photos open large. */
export function FeedLine({ item, taskIds, room }: Gathered & { room: Room }) {
  const when = useWhen();
  const doerName = useDoer();
  const title = useTitle(item, taskIds, room);
  const [shown, setShown] = useState<string | null>(null);
  const t = useText(operations).stream;
  const grave = item.verb !== null && graveVerbs.includes(item.verb);
  const said = item.kind === 'message' || item.kind === 'photo';
  return (
    <li className={`feed-line${said ? ' feed-said' : ''}${grave ? ' feed-grave' : ''}`}>
      <span className="feed-icon" aria-hidden="true">
        <Icon name={(item.verb === null ? undefined : verbIcons[item.verb]) ?? kindIcons[item.kind]} size={14} />
      </span>
      <div>
        <p className="feed-head">
          <b>{doerName(item.by)}</b>
          {title !== '' && <span>{title}</span>}
          <time dateTime={item.at}>{when(item.at)}</time>
        </p>
        {item.words !== '' && <p className="feed-words">{item.words}</p>}
        {item.attachments.length > 0 && (
          <ul className="feed-photos">
            {item.attachments.map((id, n) => (
              <li key={id}>
                <button type="button" aria-label={t.photo(n + 1)} onClick={() => setShown(id)}>
                  <img src={`/api/attachments/${id}?size=thumb`} alt="" loading="lazy" />
                </button>
              </li>
            ))}
          </ul>
        )}
        {shown !== null && (
          <Suspense>
            <PhotoSheet id={shown} onClose={() => setShown(null)} />
          </Suspense>
        )}
      </div>
    </li>
  );
}

/** What was done, in words; a message needs none. */
function useTitle(item: FeedItem, taskIds: readonly string[], room: Room): string {
  const t = useText(operations);
  const w = useText(words);
  const nameOf = useName();
  const unitName = useUnitName();
  if (item.kind === 'event') {
    const verb = item.verb === null ? '' : w.verb[item.verb];
    const mark = markOf(item.data);
    if (mark !== null) {
      const line = t.stream.mark(w.clockStep[mark.step], mark.percent);
      const late = room.tasks.filter(({ id }) => taskIds.includes(id)).map(({ unit }) => nameOf(unit));
      return late.length === 0 ? line : t.stream.verbOf(line, late);
    }
    const names = unitIdsOf(item.data).map((id) => taskUnit(room, id, nameOf) ?? unitName(id) ?? '…');
    return names.length === 0 ? verb : t.stream.verbOf(verb, names);
  }
  if (item.kind === 'step') {
    const step = room.operation?.steps.find((one) => one.key === item.data['stepKey']);
    const name = step === undefined ? '' : nameOf({ name: step.words, nameEn: step.wordsEn });
    const { status } = item.data;
    return t.stream.step(t.stream.stepStatus[status === 'done' || status === 'skipped' ? status : 'todo'], name);
  }
  return t.stream.kinds[item.kind];
}

/** Which limit has been used how far, when the line says so. */
function markOf(data: Record<string, unknown>): { step: ClockStep; percent: number } | null {
  const step = clockSteps.find((one) => one === data['step']);
  const { mark } = data;
  return step === undefined || typeof mark !== 'number' ? null : { step, percent: mark };
}

/** Units a line of the ledger names, each once. */
function unitIdsOf(data: Record<string, unknown>): string[] {
  const lists = [data['unitIds'], data['assistUnitIds']].flatMap((one) =>
    Array.isArray(one) ? (one as unknown[]) : [],
  );
  const all = [data['leadUnitId'], data['toUnitId'], ...lists];
  return [...new Set(all.filter((one): one is string => typeof one === 'string'))];
}

function taskUnit(room: Room, id: string, nameOf: ReturnType<typeof useName>): string | undefined {
  const task = room.tasks.find((one) => one.unit.id === id);
  return task === undefined ? undefined : nameOf(task.unit);
}
