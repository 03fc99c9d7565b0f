import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { formatDuration, formatTime } from '#web/i18n/format.ts';
import { languageChoice, type Language } from '#web/i18n/language.ts';
import { words } from '#web/i18n/words.ts';
import { DueClock } from '#web/ui/DueClock.tsx';
import { useUnitName } from '../names.ts';
import { useNow } from '#web/app/now.ts';
import type { ClockView, EventDetail } from '../queries.ts';
import { clockFace } from '#web/ui/clock-face.ts';
import { Section } from './Section.tsx';

/** The running clock that ends at `dueAt`; failing that the running one that ends first. */
export function mainClock(clocks: readonly ClockView[], dueAt: string | null): ClockView | undefined {
  const running = clocks.filter((clock) => clock.stoppedAt === null);
  return (
    running.find((clock) => clock.dueAt !== null && clock.dueAt === dueAt) ??
    running.toSorted((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'))[0]
  );
}

/** The limits that run, with how much of each is used; those that ended, and whether they were kept, on demand. */
export function Clocks({ event }: { event: EventDetail }) {
  const t = useText(deskEvent);
  const running = event.clocks.filter((clock) => clock.stoppedAt === null);
  const past = event.clocks.filter((clock) => clock.stoppedAt !== null);
  if (event.clocks.length === 0) return null;
  return (
    <Section title={t.sections.clocks}>
      <ul className="clocks">
        {running.map((clock) => (
          <Line key={`${clock.step}${clock.taskId}${clock.startedAt}`} clock={clock} event={event} />
        ))}
      </ul>
      {past.length > 0 && (
        <details className="clocks-past">
          <summary>
            {t.clock.limitPast}（{past.length}）
          </summary>
          <ul className="clocks">
            {past.map((clock) => (
              <Line key={`${clock.step}${clock.taskId}${clock.startedAt}`} clock={clock} event={event} />
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

function Line({ clock, event }: { clock: ClockView; event: EventDetail }) {
  const t = useText(deskEvent);
  const w = useText(words);
  const lang = languageChoice.use();
  const unitName = useUnitName();
  const face = clockFace(clock, useNow());
  const task = event.tasks.find((one) => one.id === clock.taskId);
  const share = face.share === null ? null : Math.min(1, face.share);
  return (
    <li className={`clock clock-${face.tone}`}>
      <div className="clock-line">
        <b>{t.clock.of(w.clockStep[clock.step])}</b>
        {task !== undefined && <span>{unitName(task.unit)}</span>}
        <span className="quiet">
          {amountWords(clock.kind, clock.amount, lang, t.clock.amount)}
          {clock.extra > 0 && ` ${t.clock.extra(amountWords(clock.kind, clock.extra, lang, t.clock.amount))}`}
        </span>
        <span className="spring" />
        {clock.stoppedAt === null ? (
          <DueClock face={face} dueAt={clock.dueAt} />
        ) : (
          <span className={`due due-${clock.late ? 'late' : 'stopped'}`}>
            {clock.late ? t.clock.missed : t.clock.kept}
          </span>
        )}
      </div>
      {share !== null && clock.stoppedAt === null && (
        <span className="clock-bar" aria-hidden="true">
          <i style={{ inlineSize: `${Math.round(share * 100)}%` }} />
        </span>
      )}
      {clock.dueAt !== null && clock.stoppedAt === null && <small>{t.clock.due(formatTime(clock.dueAt, lang))}</small>}
      {!clock.certain && <small>{t.clock.uncertain}</small>}
      {clock.pauses.map((pause) => (
        <small key={pause.from}>{pauseWords(pause, t, lang)}</small>
      ))}
    </li>
  );
}

type Words = {
  pauseReasons: Record<string, string>;
  clock: {
    paused: (from: string, why: string) => string;
    wasPaused: (from: string, to: string, why: string) => string;
  };
};

function pauseWords(pause: ClockView['pauses'][number], t: Words, lang: Language): string {
  const why = t.pauseReasons[pause.reason] ?? pause.reason;
  const from = formatTime(pause.from, lang);
  return pause.to === null ? t.clock.paused(from, why) : t.clock.wasPaused(from, formatTime(pause.to, lang), why);
}

/** "2小时（工作时）", "3 个工作日". Minutes for both kinds of hours, whole days for working days. */
export function amountWords(
  kind: ClockView['kind'],
  amount: number,
  lang: Language,
  forms: Record<ClockView['kind'], (n: string) => string>,
): string {
  return forms[kind](kind === 'working_day' ? `${amount}` : formatDuration(amount * 60_000, lang));
}
