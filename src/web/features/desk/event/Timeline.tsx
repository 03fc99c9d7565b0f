import { useState } from 'react';
import type { Verb } from '#contract/events-words.ts';
import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { formatDate, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { words } from '#web/i18n/words.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import type { IconName } from '#web/ui/icons/drawings.ts';
import { useCategories } from '../names.ts';
import { priorityKey } from '../PriorityShape.tsx';
import type { EventDetail } from '../queries.ts';
import { useUnitById } from '../role-units.ts';
import { Section } from './Section.tsx';
import { factsOf, type LineFacts } from './timeline-facts.ts';

type Line = EventDetail['timeline'][number];

const icons: Partial<Record<Verb, IconName>> = {
  report: 'pen',
  verify: 'search',
  dispatch: 'send',
  accept: 'check',
  arrive: 'place',
  finish: 'check',
  check: 'safety',
  escalate: 'up',
  delegate: 'down',
  return: 'back',
  decline: 'cross',
  cancel: 'cross',
  urge: 'bell',
  supervise: 'warning',
  escalate_clock: 'clock',
  record_call: 'phone',
  relocate: 'place',
  rate: 'star',
  reopen: 'again',
};
const graveVerbs: readonly Verb[] = ['decline', 'return', 'cancel', 'escalate_clock', 'supervise', 'reopen'];

/** Everything that happened, straight from the ledger: who, when, in which words, and how the status moved. */
export function Timeline({ event }: { event: EventDetail }) {
  const t = useText(deskEvent);
  const [newest, setNewest] = useState(true);
  const lines = newest ? event.timeline.toReversed() : event.timeline;
  return (
    <Section
      title={t.sections.timeline}
      aside={
        <button type="button" className="link-button" onClick={() => setNewest(!newest)}>
          {newest ? t.timeline.oldest : t.timeline.newest}
        </button>
      }
    >
      <ol className="history">
        {lines.map((line) => (
          <HistoryLine key={line.id} line={line} event={event} />
        ))}
      </ol>
    </Section>
  );
}

function HistoryLine({ line, event }: { line: Line; event: EventDetail }) {
  const t = useText(deskEvent).timeline;
  const w = useText(words);
  const lang = languageChoice.use();
  const facts = factsOf(line);
  const details = useDetails(facts, event);
  const byProgram = line.actorName === null && line.verb === 'escalate_clock';
  const who = t.by(line.actorUnit, line.actorName) || (byProgram ? t.program : t.resident);
  return (
    <li className={`line${graveVerbs.includes(line.verb) || facts.outcome === 'fail' ? ' line-grave' : ''}`}>
      <span className="line-icon" aria-hidden="true">
        <Icon name={icons[line.verb] ?? 'check'} size={14} />
      </span>
      <div className="line-body">
        <p className="line-head">
          <b>{facts.mark === null ? w.verb[line.verb] : t.mark(w.clockStep[facts.mark.step], facts.mark.percent)}</b>
          <span>{who}</span>
          <time dateTime={line.at}>{formatTime(line.at, lang)}</time>
        </p>
        {facts.change !== null && (
          <p className="line-change">{t.change(w.status[facts.change.from], w.status[facts.change.to])}</p>
        )}
        {details.map((text) => (
          <p key={text} className="line-detail">
            {text}
          </p>
        ))}
        {facts.said.map((text) => (
          <blockquote key={text}>{text}</blockquote>
        ))}
        {line.seq === null ? (
          <small className="line-proof">{t.proofSoon}</small>
        ) : (
          <a className="line-proof" href={`/desk/admin/ledger?seq=${line.seq}`} title={t.proofHint}>
            {t.proof(line.seq)}
          </a>
        )}
      </div>
    </li>
  );
}

/** The facts of a line in words, one sentence each. */
function useDetails(facts: LineFacts, event: EventDetail): string[] {
  const { timeline: t, list } = useText(deskEvent);
  const w = useText(words);
  const lang = languageChoice.use();
  const { nameOf } = useCategories();
  const unitById = useUnitById();
  const unit = (id: string): string => {
    const task = event.tasks.find((one) => one.unit.id === id);
    return (
      (task === undefined
        ? unitById(id)
        : lang === 'en' && task.unit.nameEn !== ''
          ? task.unit.nameEn
          : task.unit.name) ?? '…'
    );
  };
  const priority = (value: number): string => w.priorityCode[priorityKey(value)];
  const marks: Record<number, string> = { 80: t.marks.m80, 100: t.marks.m100, 150: t.marks.m150 };
  return [
    facts.mark === null ? null : (marks[facts.mark.percent] ?? null),
    facts.outcome === null ? null : t.outcome(w.outcome[facts.outcome]),
    facts.leadUnitId === null ? null : t.lead(unit(facts.leadUnitId)),
    facts.assistUnitIds.length === 0 ? null : t.assists(list(facts.assistUnitIds.map(unit))),
    facts.toUnitId === null ? null : t.toUnit(unit(facts.toUnitId)),
    facts.callNumber,
    facts.intoNumber === null ? null : t.into(facts.intoNumber),
    facts.category === null ? null : t.category(nameOf(facts.category.from), nameOf(facts.category.to)),
    facts.priority === null ? null : t.priority(priority(facts.priority.from), priority(facts.priority.to)),
    facts.reviewAt === null ? null : t.review(formatDate(facts.reviewAt, lang)),
    facts.rating === null ? null : t.rating(facts.rating),
    facts.photos === 0 ? null : t.photos(facts.photos),
    facts.happenedAt === null ? null : t.happened(formatTime(facts.happenedAt, lang)),
  ].filter((one) => one !== null);
}
