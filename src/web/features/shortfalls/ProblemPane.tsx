import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { shortfalls } from '#web/i18n/shortfalls.ts';
import { ShapeMark } from '#web/ui/ShapeMark.tsx';
import { Fact } from '#web/ui/Fact.tsx';
import { PaneFrame } from '#web/ui/PaneFrame.tsx';
import { ProblemForm } from './EditForm.tsx';
import { problemQuery, useClassNames, type ProblemDetail } from './queries.ts';
import { Marks } from './RowLine.tsx';
import { hrefOf } from './search.ts';
import type { MapExtras } from './ShortfallMap.tsx';
import { HeadFacts, MovedNote, RowLinks, Sources } from './Sources.tsx';
import { clockOf, kindShapes, minutesOf, useHeads } from './words.ts';

interface PaneProps {
  id: string;
  onBack: () => void;
  /** What the map shows of it. */
  onShow: (extras: MapExtras | null) => void;
}

/** One problem in full. */
export function ProblemPane({ id, onBack, onShow }: PaneProps) {
  const query = useQuery(problemQuery(id));
  const cells = query.data?.cells;
  useEffect(() => {
    onShow(cells === undefined ? null : { cells, rooms: [] });
    return () => onShow(null);
  }, [cells, onShow]);
  return (
    <PaneFrame area="shortfalls" back={useText(shortfalls).back} query={query} onBack={onBack}>
      {(found) => <Whole problem={found} />}
    </PaneFrame>
  );
}

function Whole({ problem }: { problem: ProblemDetail }) {
  const t = useText(shortfalls);
  const { nameOf } = useClassNames();
  const [editing, setEditing] = useState(false);
  const { facility, kind } = problem;
  return (
    <>
      <h2>
        {nameOf(problem.classCode)}
        <ShapeMark shape={kindShapes[kind]} words={t.kinds[kind]} />
        <Marks row={problem} />
      </h2>
      <p className="shortfalls-says">{useSentence(problem)}</p>
      <MovedNote row={problem} />
      <dl className="named-facts shortfalls-facts">
        <HeadFacts row={problem} />
        {facility !== null && (
          <Fact name={t.facts.facility}>
            <Go href={hrefOf('facilities', { class: problem.classCode, area: problem.areaCode, row: facility.id })}>
              {facility.name}
            </Go>
          </Fact>
        )}
        <Fact name={t.facts.state}>{t.problemStates[problem.state]}</Fact>
        {problem.note !== '' && <Fact name={t.facts.note}>{problem.note}</Fact>}
        {problem.reason !== '' && <Fact name={t.facts.reason}>{problem.reason}</Fact>}
      </dl>
      <div className="form-buttons">
        <RowLinks row={problem} />
        {problem.mayEdit && (
          <button type="button" className="tool tool-framed" onClick={() => setEditing(true)}>
            {t.edit}
          </button>
        )}
      </div>
      <Sources row={problem} />
      {editing && <ProblemForm problem={problem} onClose={() => setEditing(false)} />}
    </>
  );
}

/** The problem in plain words. */
function useSentence(problem: ProblemDetail): string {
  const t = useText(shortfalls);
  const { nameOf } = useClassNames();
  const heads = useHeads();
  const { kind, areaName, limitMin, nearestS, measure } = problem;
  if (limitMin === null) return kind === 'poor_condition' ? t.says.poor_condition : t.says.byHand;
  const people = heads.people(problem.people);
  const limit = formatNumber(limitMin);
  const name = nameOf(problem.classCode);
  const nearest = nearestS === null ? [] : [t.says.nearest(minutesOf(nearestS))];
  const found = measure === null ? '' : formatNumber(measure.found);
  const wanted = measure === null ? '' : formatNumber(measure.wanted);
  const said = {
    missing: () => t.join([t.says.missing(areaName, people, limit, name), ...nearest]),
    too_far: () => t.join([t.says.too_far(areaName, people, limit, name), ...nearest]),
    too_small: () =>
      measure?.unit === 'm2'
        ? t.join([t.says.too_small_m2(found, wanted), t.says.users(people)])
        : t.says.too_small_people(found, wanted),
    closed_when_needed: () =>
      measure === null
        ? t.says.users(people)
        : t.says.closed(t.weekdays[measure.found - 1] ?? '', clockOf(measure.wanted), people),
    not_accessible: () => t.join([t.says.not_accessible, t.says.users(people)]),
    poor_condition: () => t.says.poor_condition,
  } as const satisfies Record<typeof kind, () => string>;
  return said[kind]();
}
