import { useEffect } from 'react';
import { call } from '#web/app/call.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatRelative } from '#web/i18n/format.ts';
import { inLanguage, languageChoice } from '#web/i18n/language.ts';
import { needsPublic } from '#web/i18n/needs-public.ts';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { surveyApi, type SurveyNeeds } from './api.ts';
import './survey.css';

/** /survey/<community>/needs: what was said by enough people, and how far each is. */
export function ListPage({ secret: area }: { secret: string }) {
  const t = useText(needsPublic);
  const { value, error, reload } = useLoad(area, (signal) => call(surveyApi.needs, { params: { area } }, { signal }));
  const title = value === undefined ? t.see : t.list.title(value.area.name);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <section className="part survey">
      <h1>{title}</h1>
      <p>{t.list.lead}</p>
      {value === undefined && error === undefined && <Skeleton lines={6} />}
      {value === undefined && error !== undefined && <ErrorNote error={error} onRetry={reload} />}
      {value !== undefined && <List answer={value} />}
      <Link to={`/survey/${area}`} className="button button-main button-wide">
        <span>{t.list.say}</span>
      </Link>
    </section>
  );
}

function List({ answer: { items, fewer, atLeast } }: { answer: SurveyNeeds }) {
  const t = useText(needsPublic).list;
  const lang = languageChoice.use();
  return (
    <>
      {items.length === 0 && <p>{t.none}</p>}
      <ul className="survey-list">
        {items.map(({ classCode, name, nameEn, people, state, lastAt }, k) => (
          <li key={`${classCode} ${k}`}>
            <b>{inLanguage(lang, name, nameEn)}</b>
            <span>
              {t.people(formatNumber(people))} · {t.last(formatRelative(lastAt))}
            </span>
            <span className={`survey-state survey-${state}`}>{t.states[state]}</span>
          </li>
        ))}
      </ul>
      {fewer > 0 && <p className="field-hint">{t.fewer(formatNumber(fewer), atLeast)}</p>}
    </>
  );
}
