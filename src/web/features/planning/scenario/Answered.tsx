import { useQuery } from '@tanstack/react-query';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { planning } from '#web/i18n/planning.ts';
import { whatIfQuery, type Figures, type Scenario } from '../queries.ts';
import { parseScenarioSearch, useSearchOf } from '../search.ts';
import { Basis } from './Basis.tsx';
import { BeforeAfter } from './BeforeAfter.tsx';
import { Decisions } from './Decisions.tsx';
import { namesOf, type Answer } from './names.ts';
import { FiguresTable, type FiguresRow } from './FiguresTable.tsx';
import { ProofPart } from './ProofPart.tsx';
import { Tries } from './Tries.tsx';

/** Stands in the address for a choice of no place. */
const noPlace = '-';

interface AnsweredProps {
  scenario: Scenario;
  answer: Answer;
  onCopy: () => void;
}

/** What came out: the choice, what it brings, before and after, why there is no better one, what else one may try. */
export function Answered({ scenario, answer, onCopy }: AnsweredProps) {
  const t = useText(planning);
  const [search, go] = useSearchOf(parseScenarioSearch);
  const mine = search.chosen;
  const tried = useQuery(whatIfQuery(scenario.id, mine)).data;
  const chosen = mine === undefined ? answer.figures.chosen : mine.split(',').filter((key) => key !== noPlace);
  const choose = (keys: readonly string[] | undefined): void =>
    go({ chosen: keys?.length === 0 ? noPlace : keys?.join(',') });
  return (
    <>
      <section className="planning-card planning-result" aria-labelledby="planning-result">
        <h2 id="planning-result">{t.answer.title}</h2>
        <Result scenario={scenario} figures={answer.figures} />
      </section>
      <section aria-labelledby="planning-figures">
        <h2 id="planning-figures">{t.table.caption}</h2>
        <FiguresTable rows={rowsOf(scenario, answer, mine === undefined ? undefined : tried, t)} />
      </section>
      <BeforeAfter scenario={scenario} answer={answer} chosen={chosen} mine={mine} onChoose={choose} />
      <Tries scenario={scenario} answer={answer} chosen={chosen} onChoose={choose} />
      <ProofPart scenario={scenario} answer={answer} />
      <Decisions scenario={scenario} answer={answer} />
      <Basis answer={answer} onCopy={scenario.mayPlan ? onCopy : null} />
    </>
  );
}

type Words = ReturnType<typeof useText<typeof planning.zh>>;

function rowsOf(scenario: Scenario, { figures }: Answer, tried: Figures | undefined, t: Words): FiguresRow[] {
  const { table: w, sep } = t;
  const titled = (title: string, one: Figures, key: string): FiguresRow => ({
    key,
    title,
    places: namesOf(scenario, one.chosen, sep),
    after: one.after,
    newly: one.newly,
    costYuan: one.costYuan,
  });
  return [
    { key: 'before', title: w.before, places: '', after: figures.before, newly: null, costYuan: null },
    titled(w.engine, figures, 'engine'),
    ...scenario.choices.map((choice) => titled(`${w.kept}: ${choice.title}`, choice.figures, choice.id)),
    ...(tried === undefined ? [] : [titled(w.yours, tried, 'mine')]),
  ];
}

function Result({ scenario, figures }: { scenario: Scenario; figures: Figures }) {
  const t = useText(planning);
  const a = t.answer;
  const { newly, before, after, total, each } = figures;
  const n = formatNumber;
  if (figures.chosen.length === 0) return <p className="planning-says">{a.nothing}</p>;
  return (
    <>
      <p className="planning-says">{a.best(namesOf(scenario, figures.chosen, t.sep))}</p>
      <p>
        {a.bring(n(newly.people), n(newly.elders), n(newly.children), n(scenario.limitMin))}{' '}
        {a.from(n(before.within.people), n(after.within.people), n(total.people))}
      </p>
      {each.length > 1 && (
        <ul>
          {each.map(({ key, newly: own, serves }) => (
            <li key={key}>{a.each(namesOf(scenario, [key], t.sep), n(own.people), n(serves))}</li>
          ))}
        </ul>
      )}
    </>
  );
}
