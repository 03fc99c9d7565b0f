import { useState } from 'react';
import { facilityRoutes } from '#contract/facilities.ts';
import { ask } from '#web/app/ask.ts';
import { useFacilityWords } from '#web/app/facility-words.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { facilities } from '#web/i18n/facilities.ts';
import type { LonLatPoint } from '#web/map/layers.ts';
import { PlaceField } from '#web/map/PlaceField.tsx';
import { Line, LongLine, Pick } from '#web/ui/FormLines.tsx';
import { familyWord } from './families.ts';
import { today } from './facts.ts';
import { HoursField } from './HoursField.tsx';
import { FormFrame } from './Parts.tsx';
import { facilityKeys, type FacilityDetail, type Hours } from './queries.ts';

interface Draft {
  classCode: string;
  name: string;
  address: string;
  /** Digits, or nothing. */
  capacity: string;
  floorM2: string;
  hours: Hours | null;
  stepFree: '' | 'yes' | 'no';
  openedOn: string;
  checkedOn: string;
  note: string;
  at: LonLatPoint | null;
}

function draftOf(facility: FacilityDetail | null): Draft {
  if (facility === null)
    return { classCode: '', name: '', address: '', capacity: '', floorM2: '', hours: null, stepFree: '', openedOn: '', checkedOn: today(), note: '', at: null }; // prettier-ignore
  const { classCode, name, address, capacity, floorM2, hours, stepFree, openedOn, checkedOn, note, lon, lat } =
    facility;
  return {
    classCode,
    name,
    address,
    capacity: capacity?.toString() ?? '',
    floorM2: floorM2?.toString() ?? '',
    hours,
    stepFree: stepFree === null ? '' : stepFree ? 'yes' : 'no',
    openedOn: openedOn ?? '',
    checkedOn: checkedOn ?? '',
    note,
    at: { lon, lat },
  };
}

const numberIn = (text: string): number | null => (text === '' ? null : Number(text));
const dayIn = (text: string): string | null => (text === '' ? null : text);

function save(facility: FacilityDetail | null, draft: Draft, opId: string) {
  const { classCode, name, address, hours, note, at } = draft;
  const body = {
    opId,
    classCode,
    name,
    address,
    hours,
    note,
    capacity: numberIn(draft.capacity),
    floorM2: numberIn(draft.floorM2),
    stepFree: draft.stepFree === '' ? null : draft.stepFree === 'yes',
    openedOn: dayIn(draft.openedOn),
    checkedOn: dayIn(draft.checkedOn),
    lon: at?.lon ?? 0,
    lat: at?.lat ?? 0,
  };
  if (facility === null) return ask(facilityRoutes.create, { body });
  return ask(facilityRoutes.edit, { params: { id: facility.id }, body: { ...body, version: facility.version } });
}

export interface FacilityFormProps {
  /** Null: a new one. */
  facility: FacilityDetail | null;
  onClose: () => void;
  onSaved: (id: string) => void;
}

export function FacilityForm({ facility, onClose, onSaved }: FacilityFormProps) {
  const t = useText(facilities);
  const [draft, setDraft] = useState(() => draftOf(facility));
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const act = useAct((wish: Draft, opId) => save(facility, wish, opId), {
    stale: [facilityKeys.facilities],
    onDone: (answer) => onSaved(answer.facility.id),
  });
  // What a station tells itself is changed there; here only what it does not know.
  const isStation = facility?.source === 'station';
  return (
    <FormFrame
      title={facility === null ? t.form.add : t.form.edit}
      busy={act.isPending}
      error={act.error}
      ready={draft.name.trim() !== '' && draft.classCode !== '' && draft.at !== null}
      onSend={() => act.mutate(draft)}
      onClose={onClose}
    >
      {isStation ? (
        <p className="quiet">{t.facts.station}</p>
      ) : (
        <>
          <Line label={t.name} value={draft.name} max={120} required onChange={(name) => set({ name })} />
          <ClassField draft={draft} set={set} />
          <PlaceField words={t} at={draft.at} onChange={(at) => set({ at })} />
          <Line label={t.address} value={draft.address} max={200} onChange={(address) => set({ address })} />
          <HoursField value={draft.hours} onChange={(hours) => set({ hours })} />
        </>
      )}
      <SizeFields draft={draft} set={set} isStation={isStation} />
      <DayFields draft={draft} set={set} isStation={isStation} />
      <LongLine label={t.note} value={draft.note} max={500} onChange={(note) => set({ note })} />
    </FormFrame>
  );
}

interface PartProps {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
}

function ClassField({ draft, set }: PartProps) {
  const t = useText(facilities);
  const { classes, className } = useFacilityWords();
  const families = [...new Set(classes.map(({ family }) => family))];
  return (
    <label className="form-field">
      {t.facts.cls}
      <select required value={draft.classCode} onChange={({ target }) => set({ classCode: target.value })}>
        <option value="">{t.unchosen}</option>
        {families.map((family) => (
          <optgroup key={family} label={familyWord(t.families, family)}>
            {classes
              .filter((one) => one.family === family)
              .map(({ code }) => (
                <option key={code} value={code}>
                  {className(code)}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

function SizeFields({ draft, set, isStation }: PartProps & { isStation: boolean }) {
  const t = useText(facilities);
  const f = t.facts;
  const { classes } = useFacilityWords();
  const unit = classes.find(({ code }) => code === draft.classCode)?.capacityUnit ?? '';
  return (
    <div className="form-two">
      {unit !== '' && !isStation && (
        <Line
          label={`${f.capacity} (${f.capacityOf[unit]})`}
          type="number"
          least={1}
          most={1_000_000}
          value={draft.capacity}
          hint={t.form.capacityHint}
          onChange={(capacity) => set({ capacity })}
        />
      )}
      <Line
        label={f.floor}
        type="number"
        least={1}
        most={10_000_000}
        value={draft.floorM2}
        hint={t.form.capacityHint}
        onChange={(floorM2) => set({ floorM2 })}
      />
      <Pick
        label={f.stepFree}
        value={draft.stepFree}
        empty={t.unknown}
        choices={[
          { value: 'yes', words: t.yes },
          { value: 'no', words: t.no },
        ]}
        onChange={(value) => set({ stepFree: value === 'yes' ? 'yes' : value === 'no' ? 'no' : '' })}
      />
    </div>
  );
}

function DayFields({ draft, set, isStation }: PartProps & { isStation: boolean }) {
  const f = useText(facilities).facts;
  return (
    <div className="form-two">
      {!isStation && (
        <Line label={f.openedOn} type="date" value={draft.openedOn} onChange={(openedOn) => set({ openedOn })} />
      )}
      <Line label={f.checkedOn} type="date" value={draft.checkedOn} onChange={(checkedOn) => set({ checkedOn })} />
    </div>
  );
}
