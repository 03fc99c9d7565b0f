import { problemKinds } from '#contract/shortfalls-views.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { shortfalls } from '#web/i18n/shortfalls.ts';
import type { Detail } from './Sources.tsx';

type Line = Detail['history'][number];

/** What was changed by hand, the latest first, each with its reason. */
export function History({ row: { history } }: { row: Detail }) {
  const t = useText(shortfalls).history;
  if (history.length === 0) return <p className="quiet">{t.none}</p>;
  return (
    <ol className="shortfalls-plain">
      {history.map((line) => (
        <li key={`${line.at} ${line.action}`}>
          <time dateTime={line.at}>{formatTime(line.at)}</time>
          <b>{t.actions[line.action] ?? line.action}</b>
          {line.byName !== null && <span>{t.by(line.byName)}</span>}
          <Changes line={line} />
          {line.reason !== '' && <span className="quiet">{line.reason}</span>}
        </li>
      ))}
    </ol>
  );
}

function Changes({ line: { data } }: { line: Line }) {
  const t = useText(shortfalls);
  const told = Object.entries(data).flatMap(([member, value]) => {
    const what = t.history.members[member];
    if (what === undefined || !isChange(value)) return [];
    // Ids tell a reader nothing.
    if (member === 'idleId') return [{ member, words: t.history.changed(what) }];
    return [{ member, words: t.history.from(what, wordOf(value.from, t), wordOf(value.to, t)) }];
  });
  return told.map(({ member, words }) => <span key={member}>{words}</span>);
}

const isChange = (value: unknown): value is { from: unknown; to: unknown } =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value;

type Words = (typeof shortfalls)['zh'] | (typeof shortfalls)['en'];

function wordOf(value: unknown, t: Words): string {
  if (typeof value === 'number') return formatNumber(value);
  const text = String(value ?? '—');
  const kind = problemKinds.find((one) => one === text);
  if (kind !== undefined) return t.kinds[kind];
  const states: Readonly<Record<string, string>> = { ...t.problemStates, ...t.demandStates };
  return states[text] ?? text;
}
