import { useEffect, useState, type FormEvent } from 'react';
import { call } from '#web/app/call.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { inLanguage, languageChoice } from '#web/i18n/language.ts';
import { needsPublic } from '#web/i18n/needs-public.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ChoiceTiles } from '#web/ui/light/ChoiceTiles.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { TextArea } from '#web/ui/light/Field.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { surveyApi, type SurveyPlace } from './api.ts';
import { isReady } from './draft.ts';
import { MissingTiles } from './MissingTiles.tsx';
import { ThanksPart } from './ThanksPart.tsx';
import { useSurvey } from './use-survey.ts';
import { WhereNeeded } from './WhereNeeded.tsx';
import './survey.css';

/** /survey/<community>: three questions and one line. */
export function SurveyPage({ secret: area }: { secret: string }) {
  const t = useText(needsPublic);
  const { value, error, reload } = useLoad(area, (signal) => call(surveyApi.place, { params: { area } }, { signal }));
  useEffect(() => {
    document.title = t.title;
  }, [t.title]);
  return (
    <section className="part survey">
      <h1>{t.title}</h1>
      {value === undefined && error === undefined && <Skeleton lines={8} />}
      {value === undefined && error !== undefined && (
        <>
          <ErrorNote error={error} onRetry={reload} />
          <Link to="/survey">{t.other}</Link>
        </>
      )}
      {value !== undefined && <Questions place={value} />}
    </section>
  );
}

const walks = [5, 10, 15, 25, 60] as const;

function Questions({ place }: { place: SurveyPlace }) {
  const t = useText(needsPublic);
  const lang = languageChoice.use();
  const { code, name, streetName } = place.area;
  const { draft, change, send, busy, error, done, again } = useSurvey(code);
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    void send();
  };
  if (done)
    return (
      <ThanksPart
        area={code}
        onAgain={() => {
          setTried(false);
          again();
        }}
      />
    );
  return (
    <form className="survey-form" onSubmit={submit} noValidate>
      <p>
        {t.lead} <b>{t.at(name, streetName)}</b> · <Link to="/survey">{t.other}</Link>
      </p>
      <MissingTiles tiles={place.tiles} value={draft.classes} onChange={(classes) => change({ classes })} />
      <ChoiceTiles
        label={t.whom}
        choices={place.groups.map((one) => ({ value: one.code, words: inLanguage(lang, one.name, one.nameEn) }))}
        value={draft.groupCode}
        onChange={(groupCode) => change({ groupCode })}
      />
      <ChoiceTiles
        label={`${t.walk} ${t.walkHint}`}
        choices={walks.map((minutes) => ({ value: String(minutes), words: t.minutes[minutes] }))}
        value={draft.minutes === null ? null : String(draft.minutes)}
        onChange={(minutes) => change({ minutes: Number(minutes) })}
      />
      <WhereNeeded place={place} at={draft.at} onChange={(at) => change({ at })} />
      <TextArea
        label={t.words}
        optional
        rows={2}
        maxLength={200}
        value={draft.words}
        hint={t.wordsHint}
        left={t.wordsLeft}
        onChange={(words) => change({ words })}
      />
      {tried && !isReady(draft) && <p role="alert">{t.nothing}</p>}
      {draft.waiting && (
        <p className="note note-warn" role="status">
          {t.kept}
        </p>
      )}
      {error !== undefined && <ErrorNote error={error} />}
      <Button kind="main" wide type="submit" busy={busy}>
        {t.send}
      </Button>
    </form>
  );
}
