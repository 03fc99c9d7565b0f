import { useQuery } from '@tanstack/react-query';
import type { assistantRoutes } from '#contract/assistant.ts';
import type { ClientOutput } from '#contract/route.ts';
import { assistant } from '#web/i18n/assistant.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { Fact } from '#web/ui/Fact.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { ScrollFrame } from '#web/ui/ScrollFrame.tsx';
import { stateQuery } from './queries.ts';
import './assistant.css';

type State = ClientOutput<typeof assistantRoutes.state>;

/** What is asked where and how it has been used; it is set outside the program and only read here. */
export function AssistantPage() {
  const t = useText(assistant);
  const state = useQuery({ ...stateQuery, staleTime: 0 });
  return (
    <article className="assistant-page">
      <h1>{t.title}</h1>
      <p>{t.page.lead}</p>
      <ProblemNote error={state.error} onRetry={() => void state.refetch()} />
      {state.data !== undefined && (state.data.on ? <On state={state.data} /> : <p role="status">{t.page.off}</p>)}
    </article>
  );
}

function On({ state }: { state: State }) {
  const t = useText(assistant).page;
  return (
    <>
      {state.restsUntil !== null && <p role="status">{t.rests(formatTime(state.restsUntil))}</p>}
      <dl className="facts">
        <Fact name={t.model}>{state.model}</Fact>
        <Fact name={t.host}>{state.host}</Fact>
        <Fact name={t.timeout}>{t.seconds(state.timeoutS ?? 0)}</Fact>
        <Fact name={t.perMinute}>{t.times(state.perMinute ?? 0)}</Fact>
      </dl>
      <h2>{t.uses}</h2>
      {state.uses.length === 0 ? <p>{t.none}</p> : <Used uses={state.uses} />}
    </>
  );
}

function Used({ uses }: { uses: State['uses'] }) {
  const t = useText(assistant);
  const heads = ['asked', 'drafted', 'confirmed', 'edited', 'discarded'] as const;
  return (
    <ScrollFrame area="assistant-frame" label={t.page.uses}>
      <table className="assistant-uses">
        <thead>
          <tr>
            <th scope="col">{t.page.kind}</th>
            {heads.map((head) => (
              <th key={head} scope="col">
                {t.page[head]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {uses.map((use) => (
            <tr key={use.kind}>
              <th scope="row">{t.uses.kind[use.kind]}</th>
              {heads.map((head) => (
                <td key={head}>{formatNumber(use[head])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
