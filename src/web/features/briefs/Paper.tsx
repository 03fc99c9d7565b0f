import { useState } from 'react';
import { briefSections } from '#contract/briefs.ts';
import { casesLink } from '#web/app/cases-link.ts';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { briefs } from '#web/i18n/briefs.ts';
import { ColumnChart } from '#web/ui/charts/ColumnChart.tsx';
import { ScrollFrame } from '#web/ui/ScrollFrame.tsx';
import type { Brief, Link, Part, Section } from './queries.ts';
import { RemarkForm } from './RemarkForm.tsx';

/** The paper: head, sections with their tables and charts, remarks, signature. Every number that has cases opens them. */
export function Paper({ brief }: { brief: Brief }) {
  const t = useText(briefs);
  const { body, number } = brief;
  return (
    <article className="briefs-paper" lang="zh-CN" aria-label={t.paper}>
      <header>
        <p className="briefs-name">{body.name}</p>
        <p>{number === null ? t.draftMark : t.numbered(number)}</p>
        <p className="briefs-issuer">
          <span>{body.issuer}</span>
        </p>
        <h1>{body.title}</h1>
        <p>{body.subtitle}</p>
      </header>
      {body.sections.map((section) => (
        <SectionPart key={section.key} brief={brief} section={section} />
      ))}
    </article>
  );
}

function SectionPart({ brief, section }: { brief: Brief; section: Section }) {
  return (
    <section aria-label={section.heading}>
      <h2>{section.heading}</h2>
      <PartBody part={section} />
      {section.parts.map((part) => (
        <div key={part.heading}>
          <h3>{part.heading}</h3>
          <PartBody part={part} />
        </div>
      ))}
      {briefSections[section.key] && <Remark brief={brief} section={section} />}
    </section>
  );
}

function PartBody({ part: { heading, text, table, chart } }: { part: Part }) {
  const t = useText(briefs);
  return (
    <>
      {text.map((words) => (
        <p key={words}>{words}</p>
      ))}
      {table !== null && <PaperTable heading={heading} table={table} />}
      {chart !== null && (
        <ColumnChart
          title={chart.words}
          points={chart.labels.map((label, at) => ({ key: String(at), name: label }))}
          series={[{ key: 'n', name: t.chart.value, values: chart.values }]}
        />
      )}
    </>
  );
}

function PaperTable({ heading, table }: { heading: string; table: NonNullable<Part['table']> }) {
  const t = useText(briefs);
  const { heads, rows, links, bar } = table;
  const isNumber = heads.map((_, at) => at > 0 && rows.some((row) => typeof row[at] === 'number'));
  const most = bar === null ? 0 : Math.max(1, ...rows.map((row) => (typeof row[bar] === 'number' ? row[bar] : 0)));
  return (
    <ScrollFrame area="briefs-table" label={heading}>
      <table>
        <thead>
          <tr>
            {heads.map((words, at) => (
              <th key={at} scope="col" className={isNumber[at] === true ? 'figure' : undefined}>
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            <tr key={line}>
              {row.map((value, at) => {
                const link = links[line]?.[at] ?? null;
                const share = bar === at && typeof value === 'number' ? `${(value / most) * 100}%` : undefined;
                return (
                  <td key={at} className={isNumber[at] === true ? 'figure' : undefined}>
                    {link === null ? (
                      value
                    ) : (
                      <Go href={opened(link)} aria-label={isCases(link) ? t.cases(String(value)) : undefined}>
                        {value}
                      </Go>
                    )}
                    {share !== undefined && (
                      <span className="briefs-bar" aria-hidden="true">
                        <i style={{ inlineSize: share }} />
                      </span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

const isCases = ({ issue, anomaly }: Link): boolean => issue === undefined && anomaly === undefined;

/** Where a cell leads: a hot issue, an anomaly, or the cases behind a number. */
function opened({ issue, anomaly, ...cases }: Link): string {
  if (issue !== undefined) return `/desk/hot-issues/${issue}`;
  if (anomaly !== undefined) return `/desk/patterns?part=anomalies&anomaly=${anomaly}`;
  return casesLink(cases);
}

/** What a person said about the section; whoever edits may write it. */
function Remark({ brief, section }: { brief: Brief; section: Section }) {
  const t = useText(briefs);
  const [writing, setWriting] = useState(false);
  const remark = brief.remarks[section.key];
  const said = remark !== undefined && remark.text !== '';
  return (
    <>
      {said && (
        <div className="briefs-remark">
          {section.key !== 'advice' && <h3>{t.remark}</h3>}
          {remark.text.split('\n').map((line, at) => (
            <p key={at}>{line}</p>
          ))}
          {remark.machine && <p className="quiet">{t.machine}</p>}
        </div>
      )}
      {brief.mayEdit && (
        <p className="briefs-no-print">
          <button type="button" className="tool tool-framed" onClick={() => setWriting(true)}>
            {said ? t.change : t.write}
          </button>
        </p>
      )}
      {writing && <RemarkForm brief={brief} section={section} onClose={() => setWriting(false)} />}
    </>
  );
}
