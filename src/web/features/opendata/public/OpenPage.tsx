import { lazy, Suspense, useEffect, useState } from 'react';
import { addressOf, call } from '#web/app/call.ts';
import { ProblemError } from '#web/app/problem.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { inLanguage, languageChoice } from '#web/i18n/language.ts';
import { openPublic } from '#web/i18n/opendata-public.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { Select } from '#web/ui/light/Select.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { openApi, type OpenIndex, type OpenMonth } from './api.ts';
import './open.css';

const FixedMap = lazy(async () => ({ default: (await import('./FixedMap.tsx')).FixedMap }));

/** /open: what was fixed in a month, by kind and by community, how to read it, and the data themselves. */
export function OpenPage() {
  const t = useText(openPublic);
  const [month, setMonth] = useState('latest');
  const { value, error, reload } = useLoad(month, (signal) => call(openApi.month, { params: { month } }, { signal }));
  const index = useLoad('index', (signal) => call(openApi.index, {}, { signal }));
  useEffect(() => {
    document.title = t.title;
  }, [t.title]);
  const nothing = error instanceof ProblemError && error.code === 'not_found';
  return (
    <section className="part open">
      <h1>{t.title}</h1>
      <p>{nothing ? t.none : t.lead}</p>
      {value === undefined && error === undefined && <Skeleton lines={8} />}
      {value === undefined && error !== undefined && !nothing && <ErrorNote error={error} onRetry={reload} />}
      <MonthChoice months={index.value?.months ?? []} value={month} onChange={setMonth} />
      {value !== undefined && <Month month={value} index={index.value} />}
      <Link to="/report" className="button button-main button-wide">
        <span>{t.report}</span>
      </Link>
    </section>
  );
}

interface MonthChoiceProps {
  months: OpenIndex['months'];
  value: string;
  onChange: (month: string) => void;
}

function MonthChoice({ months, value, onChange }: MonthChoiceProps) {
  const t = useText(openPublic);
  if (months.length < 2) return null;
  const nameOf = (month: string) => t.monthName(Number(month.slice(0, 4)), Number(month.slice(5)));
  const choices = months.map(({ month }) => ({ value: month, words: nameOf(month) }));
  return (
    <Select
      label={t.month}
      none={t.latest}
      value={value === 'latest' ? '' : value}
      choices={choices}
      onChange={(month) => onChange(month === '' ? 'latest' : month)}
    />
  );
}

function Month({ month, index }: { month: OpenMonth; index: OpenIndex | undefined }) {
  const t = useText(openPublic);
  const { fixed, areas, reopened } = month;
  const k = index?.k ?? 5;
  const first = areas[0];
  return (
    <>
      <div className="open-sum">
        <p>
          <small>{t.monthName(Number(month.month.slice(0, 4)), Number(month.month.slice(5)))}</small>
          <b>{formatNumber(fixed)}</b> {t.fixed}
        </p>
        <ul>
          {areas.length === 1 && first !== undefined && <li>{t.median(first.totals.medianDays)}</li>}
          <li>{reopened === null ? t.reopenedFew(k) : t.reopened(formatNumber(reopened))}</li>
          <li>{t.where(areas.map(({ name }) => name).join(t.join))}</li>
        </ul>
      </div>
      <Classes month={month} />
      <Communities month={month} />
      {index !== undefined && <Reading index={index} />}
      {index !== undefined && <Downloads month={month} index={index} />}
    </>
  );
}

function Classes({ month: { byClass } }: { month: OpenMonth }) {
  const t = useText(openPublic);
  const lang = languageChoice.use();
  const most = Math.max(1, ...byClass.map(({ fixed }) => fixed));
  return (
    <section aria-labelledby="open-classes">
      <h2 id="open-classes">{t.byClass}</h2>
      <ul className="open-list">
        {byClass.map(({ code, name, nameEn, fixed, medianDays }) => (
          <li key={code}>
            <span className="open-name">{code === '' ? t.rest : inLanguage(lang, name, nameEn)}</span>
            <b>{t.cases(formatNumber(fixed))}</b>
            <span className="open-bar" aria-hidden="true">
              <i style={{ inlineSize: `${(fixed / most) * 100}%` }} />
            </span>
            {medianDays !== null && <small>{medianDays === 0 ? t.median(0) : t.days(medianDays)}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Communities({ month }: { month: OpenMonth }) {
  const t = useText(openPublic);
  const [map, setMap] = useState(false);
  const { byCommunity, elsewhere } = month;
  if (byCommunity.length === 0) return null;
  const many = new Set(byCommunity.map(({ streetName }) => streetName)).size > 1;
  return (
    <section aria-labelledby="open-communities">
      <h2 id="open-communities">{t.byCommunity}</h2>
      <p className="field-hint">{t.communityHint}</p>
      {map ? (
        <Suspense fallback={<p role="status">{t.mapLoading}</p>}>
          <FixedMap month={month} />
        </Suspense>
      ) : (
        <Button wide icon="aim" onClick={() => setMap(true)}>
          {t.showMap}
        </Button>
      )}
      <ul className="open-list open-places">
        {byCommunity.map((one) => (
          <li key={one.code}>
            <span className="open-name">
              {one.name}
              {many && <small> {one.streetName}</small>}
            </span>
            <b>{t.cases(formatNumber(one.atLeast))}</b>
          </li>
        ))}
      </ul>
      {elsewhere > 0 && <p className="field-hint">{t.elsewhere(formatNumber(elsewhere))}</p>}
    </section>
  );
}

function Reading({ index: { k, delayDays, withheld } }: { index: OpenIndex }) {
  const t = useText(openPublic);
  const lang = languageChoice.use();
  return (
    <section aria-labelledby="open-how">
      <h2 id="open-how">{t.how}</h2>
      <ul className="open-how">
        <li>{t.howSteps.once(k)}</li>
        <li>{t.howSteps.never}</li>
        <li>{t.howSteps.later(delayDays)}</li>
        <li>
          {t.withheld}
          {withheld.map(({ name, nameEn }) => inLanguage(lang, name, nameEn)).join(t.join)}
        </li>
      </ul>
    </section>
  );
}

function Downloads({ month: { month, areas }, index }: { month: OpenMonth; index: OpenIndex }) {
  const t = useText(openPublic);
  const names: Readonly<Record<string, string>> = t.files;
  return (
    <section aria-labelledby="open-get">
      <h2 id="open-get">{t.get}</h2>
      <p>
        {t.getLead(index.licence.name)} <a href={index.licence.url}>{index.licence.name}</a>
      </p>
      {areas.map(({ code, name, version, files }) => (
        <div key={code} className="open-files">
          <h3>{t.getArea(name, version)}</h3>
          <ul>
            {files.map((file) => {
              const params = { area: code, month, version: String(version), name: file.name };
              return (
                <li key={file.name}>
                  <a className="button" href={addressOf(openApi.file.path, params, {})} download>
                    {names[file.name] ?? file.name}
                  </a>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </section>
  );
}
