import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button, Progress } from 'antd';
import { rehearsalRoutes } from '#contract/rehearsals.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber, formatTime } from '#web/i18n/format.ts';
import { rehearsals } from '#web/i18n/rehearsals.ts';
import { AdminPage } from '../shared/AdminPage.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Note } from '../shared/Note.tsx';
import { Problem } from '../shared/Problem.tsx';
import { useAct } from '../shared/use-act.ts';
import { usePageSearch } from '../shared/search.ts';
import { Cases } from './Cases.tsx';
import { Changes } from './Changes.tsx';
import { Compare } from './Compare.tsx';
import { Decide } from './Decide.tsx';
import { ByCategory, BySteps, ByUnit, Caveat, KeyFigures } from './FigureParts.tsx';
import { Flow } from './Flow.tsx';
import { rehearsalQuery, rehearsalsKey, type RehearsalDetail } from './queries.ts';
import { sentenceOf } from './sentence.ts';
import { StateMark } from './StateMark.tsx';
import './rehearsals.css';

/** One rehearsal: the answer in a sentence, who decides on it, then the figures, each with its events. */
export function RehearsalPage() {
  const t = useText(rehearsals);
  const { id = '' } = useParams({ strict: false });
  const rehearsal = useQuery(rehearsalQuery(id));
  return (
    <AdminPage
      title={rehearsal.data?.title ?? t.title}
      anyOf={['analytics.read', 'library.edit']}
      back={<Go href="/desk/rehearsals">{t.title}</Go>}
    >
      <Loaded query={rehearsal}>{(data) => <Body rehearsal={data} />}</Loaded>
    </AdminPage>
  );
}

function Body({ rehearsal }: { rehearsal: RehearsalDetail }) {
  const t = useText(rehearsals);
  const [search] = usePageSearch();
  const { figures, state, areaName, areaCode } = rehearsal;
  const wantsCases = ['mark', 'category', 'step', 'from', 'to'].some((word) => search[word] !== undefined);
  return (
    <>
      <p className="adm-soft reh-about">
        <StateMark row={rehearsal} /> {areaName} · {t.list.span(formatDate(rehearsal.from), formatDate(rehearsal.to))} ·{' '}
        {t.from(rehearsal.askedBy ?? '', formatTime(rehearsal.askedAt), rehearsal.baseVersion)}
      </p>
      {state === 'running' && <Running rehearsal={rehearsal} />}
      {state === 'failed' && <Note kind="warn">{t.failed(rehearsal.problem)}</Note>}
      {state === 'cancelled' && <Note kind="info">{t.cancelled}</Note>}
      {figures !== null && <p className="reh-sentence">{sentenceOf(figures, t.sentence, (n) => formatNumber(n))}</p>}
      {state === 'done' && areaCode.length > 6 && rehearsal.proposal !== 'turned_down' && (
        <Note kind="info">{t.partOnly(areaName)}</Note>
      )}
      {rehearsal.outdated && <Note kind="warn">{t.outdated}</Note>}
      <Decide key={rehearsal.version} rehearsal={rehearsal} />
      <Changes rehearsal={rehearsal} />
      {figures !== null && figures.events > 0 && (
        <>
          <KeyFigures figures={figures} />
          <BySteps figures={figures} />
          <ByCategory figures={figures} />
          <Flow figures={figures} id={rehearsal.id} />
          <ByUnit figures={figures} />
        </>
      )}
      {figures !== null && <Compare rehearsal={rehearsal} figures={figures} />}
      {figures !== null && <Caveat figures={figures} hash={rehearsal.resultHash ?? ''} />}
      {figures !== null && wantsCases && <Cases id={rehearsal.id} />}
    </>
  );
}

function Running({ rehearsal }: { rehearsal: RehearsalDetail }) {
  const t = useText(rehearsals);
  const stop = useAct(
    (version: number, opId) => ask(rehearsalRoutes.cancel, { params: { id: rehearsal.id }, body: { opId, version } }),
    { stale: [rehearsalsKey] },
  );
  const share = rehearsal.progress ?? 0;
  return (
    <div className="adm-sheet" role="status">
      <p>{t.running(Math.round(share * 100))}</p>
      <Progress percent={Math.round(share * 100)} aria-label={t.title} showInfo={false} />
      <Problem error={stop.error} />
      {rehearsal.may.cancel && (
        <Button loading={stop.isPending} onClick={() => stop.mutate(rehearsal.version)}>
          {t.stop}
        </Button>
      )}
    </div>
  );
}
