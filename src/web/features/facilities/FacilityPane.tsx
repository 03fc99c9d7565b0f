import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { facilityRoutes } from '#contract/facilities.ts';
import { ask } from '#web/app/ask.ts';
import { useFacilityWords } from '#web/app/facility-words.ts';
import { Go } from '#web/app/Go.tsx';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { facilities } from '#web/i18n/facilities.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Line, LongLine } from '#web/ui/FormLines.tsx';
import { PaneFrame } from '#web/ui/PaneFrame.tsx';
import { factsOf, today } from './facts.ts';
import { FacilityForm } from './FacilityForm.tsx';
import { HistoryPart } from './HistoryPart.tsx';
import { hoursInWords } from './hours.ts';
import { OpenMark } from './OpenMark.tsx';
import { dayTime, Fact, FormFrame, ReasonForm } from './Parts.tsx';
import { facilityHistoryQuery, facilityKeys, facilityQuery, type FacilityDetail } from './queries.ts';

/** One facility in full. */
export function FacilityPane({ id, onBack }: { id: string; onBack: () => void }) {
  return (
    <PaneFrame area="fac" back={useText(facilities).back} query={useQuery(facilityQuery(id))} onBack={onBack}>
      {(found) => <Whole facility={found} />}
    </PaneFrame>
  );
}

function Whole({ facility }: { facility: FacilityDetail }) {
  const t = useText(facilities);
  return (
    <>
      <h2>
        {facility.name} <OpenMark open={facility.openNow} closedOn={facility.closedOn} />
      </h2>
      <Facts facility={facility} />
      {facility.stationCode !== null && (
        <p>
          <Go href={`/desk/stations/${facility.stationCode}`}>{t.facts.station}</Go>
        </p>
      )}
      {facility.projectId !== null && (
        <p>
          <Go href={`/desk/projects/${facility.projectId}`}>{t.facts.project}</Go>
        </p>
      )}
      {facility.mayEdit && <Acts facility={facility} />}
      <HistoryPart query={useQuery(facilityHistoryQuery(facility.id))} />
    </>
  );
}

function Facts({ facility }: { facility: FacilityDetail }) {
  const t = useText(facilities);
  const f = t.facts;
  const lang = languageChoice.use();
  const { classes, className } = useFacilityWords();
  const unit = classes.find(({ code }) => code === facility.classCode)?.capacityUnit ?? '';
  const { hours, capacity, floorM2, stepFree, openedOn, checkedOn } = facility;
  return (
    <dl className="named-facts fac-facts">
      <Fact name={f.cls}>{className(facility.classCode)}</Fact>
      <Fact name={t.area}>{facility.areaName}</Fact>
      <Fact name={t.address}>{facility.address}</Fact>
      <Fact name={f.hours}>
        {hours === null ? null : hours.length === 0 ? (
          f.hoursNone
        ) : (
          <Hours lines={hoursInWords(hours, t.hours, lang)} />
        )}
      </Fact>
      {unit !== '' && (
        <Fact name={f.capacity}>{capacity === null ? null : `${formatNumber(capacity)} ${f.capacityOf[unit]}`}</Fact>
      )}
      <Fact name={f.floor}>{floorM2 === null ? null : formatNumber(floorM2)}</Fact>
      <Fact name={f.stepFree}>{stepFree === null ? null : stepFree ? t.yes : t.no}</Fact>
      {openedOn !== null && <Fact name={f.openedOn}>{formatDate(dayTime(openedOn))}</Fact>}
      <Fact name={f.checkedOn}>{checkedOn === null ? null : formatDate(dayTime(checkedOn))}</Fact>
      <Fact name={f.source}>{f.sources[facility.source]}</Fact>
      <Fact name={t.code}>{facility.code}</Fact>
      {facility.note !== '' && <Fact name={t.note}>{facility.note}</Fact>}
    </dl>
  );
}

function Hours({ lines }: { lines: readonly string[] }) {
  return (
    <>
      {lines.map((line) => (
        <span key={line} className="fac-line">
          {line}
        </span>
      ))}
    </>
  );
}

function Acts({ facility }: { facility: FacilityDetail }) {
  const t = useText(facilities);
  const [open, setOpen] = useState<'edit' | 'close' | null>(null);
  const shut = (): void => setOpen(null);
  const check = useAct(
    (day: string, opId) =>
      ask(facilityRoutes.edit, {
        params: { id: facility.id },
        body: { opId, version: facility.version, ...factsOf(facility), checkedOn: day },
      }),
    { stale: [facilityKeys.facilities] },
  );
  const isStation = facility.source === 'station';
  return (
    <>
      <div className="form-buttons">
        <button type="button" className="tool tool-framed" onClick={() => setOpen('edit')}>
          {t.edit}
        </button>
        {facility.checkedOn !== today() && (
          <button
            type="button"
            className="tool tool-framed"
            disabled={check.isPending}
            onClick={() => check.mutate(today())}
          >
            {t.facts.today}
          </button>
        )}
        {!isStation && (
          <button type="button" className="tool tool-framed" onClick={() => setOpen('close')}>
            {facility.closedOn === null ? t.close.act : t.close.back}
          </button>
        )}
      </div>
      <ProblemNote error={check.error} />
      {open === 'edit' && <FacilityForm facility={facility} onClose={shut} onSaved={shut} />}
      {open === 'close' && <CloseForm facility={facility} onClose={shut} />}
    </>
  );
}

function CloseForm({ facility, onClose }: { facility: FacilityDetail; onClose: () => void }) {
  const t = useText(facilities);
  const [day, setDay] = useState(today);
  const [reason, setReason] = useState('');
  const act = useAct(
    (wish: { closedOn: string | null; reason: string }, opId) =>
      ask(facilityRoutes.close, { params: { id: facility.id }, body: { opId, version: facility.version, ...wish } }),
    { stale: [facilityKeys.facilities], onDone: onClose },
  );
  if (facility.closedOn !== null)
    return (
      <ReasonForm
        title={t.close.back}
        words={t.close.backWords}
        busy={act.isPending}
        error={act.error}
        onSend={(words) => act.mutate({ closedOn: null, reason: words })}
        onClose={onClose}
      />
    );
  return (
    <FormFrame
      title={t.close.act}
      act={t.close.act}
      busy={act.isPending}
      error={act.error}
      ready={day !== '' && reason.trim().length >= 2}
      onSend={() => act.mutate({ closedOn: day, reason: reason.trim() })}
      onClose={onClose}
    >
      <p>{t.close.words}</p>
      <Line label={t.close.day} type="date" value={day} required onChange={setDay} />
      <LongLine label={t.reason} value={reason} max={300} required onChange={setReason} />
    </FormFrame>
  );
}
