import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { stationRoutes } from '#contract/stations.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { stations } from '#web/i18n/stations.ts';
import type { LonLatPoint } from '#web/map/layers.ts';
import { Line, LongLine } from '#web/ui/FormLines.tsx';
import { FormFrame } from './Parts.tsx';
import { freeUnitsQuery, stationKeys, stationWordsQuery, type StationDetail } from './queries.ts';
import { inLanguage } from '#web/i18n/language.ts';
import { PlaceField } from '#web/map/PlaceField.tsx';

interface Draft {
  code: string;
  unitId: string;
  name: string;
  nameEn: string;
  address: string;
  addressEn: string;
  directions: string;
  directionsEn: string;
  phone: string;
  languages: readonly string[];
  openedOn: string;
  closedOn: string;
  at: LonLatPoint | null;
}

function draftOf(station: StationDetail | null): Draft {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
  const blank = { code: '', unitId: '', name: '', nameEn: '', address: '', addressEn: '' };
  const start: Draft = {
    ...blank,
    directions: '',
    directionsEn: '',
    phone: '',
    languages: [],
    openedOn: today,
    closedOn: '',
    at: null,
  };
  if (station === null) return start;
  const { code, unitId, name, nameEn, address, addressEn, directions, directionsEn, phone } = station;
  return {
    code,
    unitId,
    name,
    nameEn,
    address,
    addressEn,
    directions,
    directionsEn,
    phone,
    languages: station.languages,
    openedOn: station.openedOn,
    closedOn: station.closedOn ?? '',
    at: {
      lon: station.lon,
      lat: station.lat,
    },
  };
}

async function save(station: StationDetail | null, draft: Draft, opId: string): Promise<string> {
  const { code, unitId, openedOn, closedOn, at, languages, ...facts } = draft;
  const place = at ?? { lon: 0, lat: 0 };
  const body = { opId, ...facts, languages: [...languages], ...place };
  const { station: saved } =
    station === null
      ? await ask(stationRoutes.create, { body: { ...body, code, unitId, openedOn } })
      : await ask(stationRoutes.edit, {
          params: { id: station.id },
          body: { ...body, version: station.version, closedOn: closedOn === '' ? null : closedOn },
        });
  return saved.code;
}

export interface StationFormProps {
  /** Null: a new one. */
  station: StationDetail | null;
  onClose: () => void;
  /** With its code. */
  onSaved: (code: string) => void;
}

export function StationForm({ station, onClose, onSaved }: StationFormProps) {
  const t = useText(stations);
  const f = t.facts;
  const [draft, setDraft] = useState(() => draftOf(station));
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const act = useAct((wish: Draft, opId) => save(station, wish, opId), { stale: [stationKeys.all], onDone: onSaved });
  const ready = draft.name.trim().length > 1 && draft.address.trim().length > 1 && draft.at !== null;
  const named = station !== null || (/^[a-z0-9][a-z0-9-]{1,39}$/.test(draft.code) && draft.unitId !== '');
  return (
    <FormFrame
      title={station === null ? t.add : f.edit}
      busy={act.isPending}
      error={act.error}
      ready={ready && named}
      onSend={() => act.mutate(draft)}
      onClose={onClose}
    >
      {station === null && <NewFields draft={draft} set={set} />}
      <Line label={f.name} value={draft.name} max={60} required onChange={(name) => set({ name })} />
      <Line label={f.nameEn} value={draft.nameEn} max={80} onChange={(nameEn) => set({ nameEn })} />
      <PlaceField words={t.facts} at={draft.at} onChange={(at) => set({ at })} />
      <Line label={f.address} value={draft.address} max={200} required onChange={(address) => set({ address })} />
      <Line label={f.addressEn} value={draft.addressEn} max={200} onChange={(addressEn) => set({ addressEn })} />
      <LongLine
        rows={2}
        label={f.directions}
        value={draft.directions}
        max={500}
        onChange={(directions) => set({ directions })}
      />
      <LongLine
        rows={2}
        label={f.directionsEn}
        value={draft.directionsEn}
        max={500}
        onChange={(directionsEn) => set({ directionsEn })}
      />
      <Line label={f.phone} type="tel" value={draft.phone} max={20} onChange={(phone) => set({ phone })} />
      <Languages draft={draft} set={set} />
      {station !== null && (
        <Line
          label={f.closedOn}
          type="date"
          value={draft.closedOn}
          max={10}
          hint={f.closedOnHint}
          onChange={(closedOn) => set({ closedOn })}
        />
      )}
    </FormFrame>
  );
}

interface PartProps {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
}

function NewFields({ draft, set }: PartProps) {
  const f = useText(stations).facts;
  const lang = languageChoice.use();
  const units = useQuery(freeUnitsQuery).data?.items;
  return (
    <>
      <label className="form-field">
        {f.unit}
        <select value={draft.unitId} onChange={({ target }) => set({ unitId: target.value })}>
          <option value="">{f.choose}</option>
          {units?.map(({ id, name, nameEn }) => (
            <option key={id} value={id}>
              {inLanguage(lang, name, nameEn)}
            </option>
          ))}
        </select>
        {units?.length === 0 && <small className="stations-wrong">{f.noUnits}</small>}
      </label>
      <Line label={f.code} value={draft.code} max={40} required onChange={(code) => set({ code })} />
      <Line
        label={f.openedOn}
        type="date"
        value={draft.openedOn}
        max={10}
        required
        onChange={(openedOn) => set({ openedOn })}
      />
    </>
  );
}

function Languages({ draft, set }: PartProps) {
  const f = useText(stations).facts;
  const lang = languageChoice.use();
  const words = useQuery(stationWordsQuery).data?.languages ?? [];
  return (
    <fieldset className="stations-checks">
      <legend>{f.languages}</legend>
      {words.map(({ code, name, nameEn }) => (
        <label key={code}>
          <input
            type="checkbox"
            checked={draft.languages.includes(code)}
            onChange={({ target }) =>
              set({
                languages: target.checked ? [...draft.languages, code] : draft.languages.filter((one) => one !== code),
              })
            }
          />
          {inLanguage(lang, name, nameEn)}
        </label>
      ))}
    </fieldset>
  );
}
