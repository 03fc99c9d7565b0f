import { call } from '#web/app/call.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { force } from '#web/i18n/force.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { useHolder } from '#web/field/use-field.ts';
import { burdenApi } from './my-api.ts';

const loadAsked = (signal: AbortSignal) => call(burdenApi.list, { query: { state: 'open' } }, { signal });

/** What is asked of me beside the day's work, by whom and on what base; nothing where it cannot be read. */
export function MyAsked() {
  const t = useText(force).asked;
  const { account } = useHolder();
  const roles = account.appointments.filter(({ live }) => live).map(({ role }) => role);
  const items = useLoad('my-asked', loadAsked).value?.items.filter(
    (task) => task.state === 'running' && task.roles.some((role) => roles.includes(role)),
  );
  if (items === undefined || items.length === 0) return null;
  return (
    <section className="card" aria-labelledby="my-asked">
      <h2 id="my-asked">{t.onMe}</h2>
      <ul className="plain-list">
        {items.map((task) => (
          <li key={task.id}>
            <strong>{task.title}</strong>
            {task.words !== '' && (
              <>
                <br />
                {task.words}
              </>
            )}
            <p className="hint">
              {t.why(task.unitName, task.source, task.legalBase)}
              <br />
              {t.every[task.every]} · {t.minutes(formatNumber(task.minutes))} · {task.dueDay} – {task.lastDay}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
