import { useQuery } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { openReleaseRoutes } from '#contract/opendata.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { openData } from '#web/i18n/opendata.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { FormFrame } from '#web/ui/FormFrame.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { ScrollFrame } from '#web/ui/ScrollFrame.tsx';
import { openDataKey, previewQuery, type Preview } from './queries.ts';

/** What a month would tell and hold back, group by group; and the one button that lets it out. */
export function PreviewPart({ area, month }: { area: string; month: string }) {
  const t = useText(openData);
  const { data, error } = useQuery(previewQuery(area, month));
  const [asking, setAsking] = useState(false);
  return (
    <>
      <nav>
        <Go href="/desk/open-data">‹ {t.back}</Go>
      </nav>
      <ProblemNote error={error} />
      {data !== undefined && (
        <>
          <header className="publish-head">
            <h2>{t.preview(data.areaName, data.month)}</h2>
            <span className="tag">{t.version(data.version)}</span>
            {data.ready && (
              <button type="button" className="tool tool-framed publish-main" onClick={() => setAsking(true)}>
                {t.publish}
              </button>
            )}
          </header>
          <p role="status" className={data.ready ? undefined : 'note-line'}>
            {t.why[data.why]} {data.why === 'too_soon' || data.why === 'month_not_over' ? t.readyOn(data.readyOn) : ''}
          </p>
          <Sums preview={data} />
          {data.groups.length > 0 && <Groups preview={data} />}
        </>
      )}
      {asking && data !== undefined && <Confirm preview={data} onClose={() => setAsking(false)} />}
    </>
  );
}

function Sums({ preview: { totals, held, k } }: { preview: Preview }) {
  const t = useText(openData);
  const told = (n: number | null): string => (n === null ? t.totals.few(k) : formatNumber(n));
  const kept = [
    [held.withheld, t.held.withheld],
    [held.tooFew, t.held.tooFew],
    [held.coarse, t.held.coarse],
    [held.kept, t.held.kept],
    [held.homeless, t.held.homeless],
  ] as const;
  return (
    <div className="publish-sums">
      {totals !== null && (
        <dl>
          {(
            [
              [t.totals.fixed, formatNumber(totals.fixed)],
              [t.totals.reported, told(totals.reported)],
              [t.totals.reportedFixed, told(totals.reportedFixed)],
              [t.totals.reopened, told(totals.reopened)],
              [t.totals.median, formatNumber(totals.medianDays)],
            ] as const
          ).map(([words, value]) => (
            <div key={words}>
              <dt>{words}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <section aria-label={t.held.title}>
        <h3>{t.held.title}</h3>
        <ul>
          {kept
            .filter(([n]) => n > 0)
            .map(([n, words], at) => (
              <li key={at}>{words(formatNumber(n))}</li>
            ))}
        </ul>
      </section>
    </div>
  );
}

function Groups({ preview: { groups } }: { preview: Preview }) {
  const t = useText(openData);
  const named = useNamed();
  const g = t.group;
  const cell = (one: { name: string; nameEn: string } | null) =>
    one === null ? <span className="quiet">{t.unsplit}</span> : named(one);
  return (
    <section aria-label={t.groups}>
      <h3>{t.groups}</h3>
      <ScrollFrame area="publish-table publish-groups" label={t.groups}>
        <table>
          <thead>
            <tr>
              {[g.street, g.class, g.community, g.leaf, g.week, g.scope].map((words) => (
                <th key={words} scope="col">
                  {words}
                </th>
              ))}
              <th scope="col" className="figure">
                {g.fixed}
              </th>
              <th scope="col" className="figure">
                {g.days}
              </th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group, at) => (
              <tr key={at}>
                <td>{cell(group.street)}</td>
                <td>{cell(group.class)}</td>
                <td>{cell(group.community)}</td>
                <td>{cell(group.leaf)}</td>
                <td>{group.week ?? <span className="quiet">{t.unsplit}</span>}</td>
                <td>{group.rest ? t.scope.rest : t.scope.all}</td>
                <td className="figure">{group.fixed ?? '—'}</td>
                <td className="figure">{group.medianDays ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </section>
  );
}

function Confirm({ preview, onClose }: { preview: Preview; onClose: () => void }) {
  const t = useText(openData);
  const { message } = App.useApp();
  const { areaCode, areaName, month, digest } = preview;
  const act = useAct(
    (input: { areaCode: string; month: string; digest: string }, opId) =>
      ask(openReleaseRoutes.publish, { body: { opId, ...input } }),
    {
      stale: [openDataKey],
      onDone: () => {
        void message.success(t.done(areaName, month));
        onClose();
      },
    },
  );
  return (
    <FormFrame
      title={t.publishing(areaName, month)}
      send={t.publish}
      busy={act.isPending}
      error={act.error}
      ready
      danger
      area="publish-form"
      onSend={() => act.mutate({ areaCode, month, digest })}
      onClose={onClose}
    >
      <p>{t.confirm}</p>
    </FormFrame>
  );
}
