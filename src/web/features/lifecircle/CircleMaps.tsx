import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { lifecircle } from '#web/i18n/lifecircle.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { CircleMap } from './CircleMap.tsx';
import { runQuery, type Run } from './queries.ts';
import { whenOf } from './run-words.ts';
import type { ClassParts } from './Sentence.tsx';

/** The map; with a run to compare with, two of them side by side. */
export function CircleMaps({ before, ...parts }: ClassParts & { before: string | undefined }) {
  const t = useText(lifecircle);
  const { data: earlier } = useQuery(runQuery(before));
  const [area, setArea] = useState(true);
  const [marks, setMarks] = useState(false);
  const shows = { area, marks };
  return (
    <div className="circle-maps">
      <fieldset className="circle-layers">
        <legend className="visually-hidden">{t.map.label}</legend>
        <label>
          <input type="checkbox" checked={area} onChange={() => setArea(!area)} />
          {t.map.showArea}
        </label>
        <label>
          <input type="checkbox" checked={marks} onChange={() => setMarks(!marks)} />
          {t.map.showMarks}
        </label>
      </fieldset>
      {before !== undefined && earlier !== undefined ? (
        <>
          <p className="quiet">{t.run.compared}</p>
          <div className="circle-pair">
            <Titled title={t.map.other} run={earlier} parts={parts} shows={shows} />
            <Titled title={t.map.own} run={parts.run} parts={parts} shows={shows} />
          </div>
        </>
      ) : (
        <CircleMap {...parts} shows={shows} label={t.map.label} />
      )}
    </div>
  );
}

interface TitledProps {
  title: string;
  run: Run;
  parts: ClassParts;
  shows: { area: boolean; marks: boolean };
}

function Titled({ title, run, parts, shows }: TitledProps) {
  const t = useText(lifecircle);
  const named = useNamed();
  const who = named(parts.words.profiles.find(({ code }) => code === run.profile));
  return (
    <figure>
      <figcaption>
        {title} <span className="quiet">{t.run.option(formatTime(run.startedAt), who, whenOf(run, t))}</span>
      </figcaption>
      <CircleMap {...parts} half run={run} shows={shows} label={`${t.map.label} ${title}`} />
    </figure>
  );
}
