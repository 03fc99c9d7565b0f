import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { openDataRoutes } from '#contract/opendata.ts';
import { addressOf } from '#web/app/call.ts';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { openData } from '#web/i18n/opendata.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { ScrollFrame } from '#web/ui/ScrollFrame.tsx';
import { PreviewPart } from './PreviewPart.tsx';
import { releasesQuery, type Releases } from './queries.ts';
import { parsePublishSearch } from './search.ts';
import './publish.css';

/** What waits to be published, what is out; and one month looked at before it goes. */
export function PublishPage() {
  const t = useText(openData);
  const { area, month } = parsePublishSearch(useSearch({ strict: false }));
  const { data, error } = useQuery(releasesQuery);
  return (
    <div className="page-flow publish">
      <header className="publish-head">
        <h1>{t.title}</h1>
        <a href="/open" target="_blank" rel="noreferrer" className="tool tool-framed">
          {t.page}
        </a>
      </header>
      <p className="quiet">
        {t.lead} {data !== undefined && t.rules(data.k, data.delayDays)}
      </p>
      <ProblemNote error={error} />
      {area !== undefined && month !== undefined ? (
        <PreviewPart area={area} month={month} />
      ) : (
        data !== undefined && <Overview data={data} />
      )}
    </div>
  );
}

const previewHref = (area: string, month: string): string => `/desk/open-data?area=${area}&month=${month}`;

function Overview({ data }: { data: Releases }) {
  const t = useText(openData);
  const named = useNamed();
  return (
    <>
      {data.areas.length === 0 && <p>{t.noAreas}</p>}
      {data.areas.map(({ code, name, due }) => (
        <section key={code} aria-label={name} className="publish-due">
          <h2>
            {name} · {t.due}
          </h2>
          {due.length === 0 && <p className="quiet">{t.noneDue}</p>}
          <ul>
            {due.map((month) => (
              <li key={month}>
                <Go href={previewHref(code, month)} className="tool tool-framed">
                  {t.open(month)}
                </Go>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <section aria-label={t.out}>
        <h2>{t.out}</h2>
        {data.items.length === 0 ? <p className="quiet">{t.noneOut}</p> : <OutTable items={data.items} />}
      </section>
      <p className="quiet">
        {t.held.classes}
        {data.withheld.map(named).join(t.held.join)}
      </p>
    </>
  );
}

function OutTable({ items }: { items: Releases['items'] }) {
  const t = useText(openData);
  const w = t.table;
  return (
    <ScrollFrame area="publish-table" label={t.out}>
      <table>
        <thead>
          <tr>
            {[w.month, w.area].map((words) => (
              <th key={words} scope="col">
                {words}
              </th>
            ))}
            {[w.version, w.fixed, w.groups].map((words) => (
              <th key={words} scope="col" className="figure">
                {words}
              </th>
            ))}
            {[w.at, w.files, w.act].map((words) => (
              <th key={words} scope="col">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.id}>
              <th scope="row">{one.month}</th>
              <td>{one.areaName}</td>
              <td className="figure">{one.version}</td>
              <td className="figure">{formatNumber(one.totals.fixed)}</td>
              <td className="figure">{formatNumber(one.groups)}</td>
              <td>{formatTime(one.publishedAt)}</td>
              <td>
                {one.files.map(({ name, sha256 }) => {
                  const params = { area: one.areaCode, month: one.month, version: String(one.version), name };
                  return (
                    <a key={name} href={addressOf(openDataRoutes.file.path, params, {})} title={sha256} download>
                      {name}
                    </a>
                  );
                })}
              </td>
              <td>
                <Go href={previewHref(one.areaCode, one.month)}>{t.correct}</Go>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
