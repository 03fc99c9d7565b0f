import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { plans } from '#web/i18n/plans.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { planQuery, type Plan } from '../queries.ts';
import { DiffList } from './DiffList.tsx';

/** Every version with its day, and what each changed against the one before. */
export function Versions({ plan }: { plan: Plan }) {
  const t = useText(plans);
  const lang = languageChoice.use();
  const [chosen, setChosen] = useState<number | null>(null);
  if (plan.versions.length === 0) return <p className="quiet">{t.page.unpublished}</p>;
  return (
    <section className="ops-part">
      <h2>{t.page.versions}</h2>
      <ul className="plan-steps">
        {plan.versions
          .toSorted((a, b) => b.version - a.version)
          .map((one) => (
            <li key={one.version}>
              <b>{t.list.versionOf(one.version)}</b>{' '}
              {one.version === plan.version && <i className="tag tag-leaf">{t.page.current}</i>}{' '}
              <small>{t.page.by(formatTime(one.publishedAt, lang), one.publishedBy ?? '')}</small>{' '}
              {one.version > 1 && (
                <button
                  type="button"
                  className="link-button"
                  aria-expanded={chosen === one.version}
                  onClick={() => setChosen(chosen === one.version ? null : one.version)}
                >
                  {t.page.show(one.version)}
                </button>
              )}
              {chosen === one.version && <Between code={plan.code} version={one.version} />}
            </li>
          ))}
      </ul>
    </section>
  );
}

function Between({ code, version }: { code: string; version: number }) {
  const t = useText(plans).page;
  const before = useQuery(planQuery(code, version - 1));
  const after = useQuery(planQuery(code, version));
  const from = before.data?.body;
  const to = after.data?.body;
  if (from === undefined || to === undefined || from === null || to === null)
    return <ProblemNote error={before.error ?? after.error} />;
  return (
    <div>
      <small>{t.between(version - 1, version)}</small>
      <DiffList before={from} after={to} />
    </div>
  );
}
