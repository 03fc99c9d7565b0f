import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { formatDate } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { stations } from '#web/i18n/stations.ts';
import { DeskMap } from './DeskMap.tsx';
import { Fact } from './Parts.tsx';
import { stationWordsQuery, type StationDetail } from './queries.ts';
import { StationForm } from './StationForm.tsx';
import { inLanguage } from '#web/i18n/language.ts';

/** What is written of a station, and where it stands. */
export function FactsPart({ station }: { station: StationDetail }) {
  const t = useText(stations);
  const f = t.facts;
  const lang = languageChoice.use();
  const [editing, setEditing] = useState(false);
  const words = useQuery(stationWordsQuery).data?.languages ?? [];
  const spoken = station.languages.map((code) => {
    const word = words.find((one) => one.code === code);
    return word === undefined ? code : inLanguage(lang, word.name, word.nameEn);
  });
  return (
    <section className="stations-part" aria-label={t.parts.facts}>
      {station.mayManage && (
        <span className="form-buttons">
          <button type="button" className="tool tool-framed" onClick={() => setEditing(true)}>
            {f.edit}
          </button>
        </span>
      )}
      <div className="stations-both">
        <dl className="stations-facts">
          <Fact name={f.name}>{station.name}</Fact>
          <Fact name={f.nameEn}>{station.nameEn}</Fact>
          <Fact name={f.code}>{station.code}</Fact>
          <Fact name={f.unit}>{station.unitName}</Fact>
          <Fact name={f.address}>
            {station.address} · {station.areaName}
          </Fact>
          <Fact name={f.addressEn}>{station.addressEn}</Fact>
          <Fact name={f.directions}>{station.directions}</Fact>
          <Fact name={f.directionsEn}>{station.directionsEn}</Fact>
          <Fact name={f.phone}>{station.phone}</Fact>
          <Fact name={f.languages}>{spoken.join(' · ')}</Fact>
          <Fact name={f.openedOn}>{formatDate(`${station.openedOn}T00:00:00+08:00`)}</Fact>
          {station.closedOn !== null && (
            <Fact name={f.closedOn}>{formatDate(`${station.closedOn}T00:00:00+08:00`)}</Fact>
          )}
        </dl>
        <DeskMap rows={[{ ...station, facilities: [], outOfOrder: [] }]} onChoose={() => undefined} />
      </div>
      {editing && <StationForm station={station} onClose={() => setEditing(false)} onSaved={() => setEditing(false)} />}
    </section>
  );
}
