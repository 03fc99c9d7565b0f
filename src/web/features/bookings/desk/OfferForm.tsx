import { todayHere } from '#web/i18n/local-time.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { offerWays, type OfferWish } from '#contract/bookings-views.ts';
import { bookingRoutes } from '#contract/bookings.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { bookings } from '#web/i18n/bookings.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { FormFrame } from '#web/ui/FormFrame.tsx';
import { HoursField } from './HoursField.tsx';
import { fromRows, toRows, type HoursRow } from './hours.ts';
import { ProviderField } from './ProviderField.tsx';
import { bookingKey, wordsQuery, type Catalogue, type Offer } from './queries.ts';
import { WeekPreview } from './WeekPreview.tsx';

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');

const blank: OfferWish = {
  area: 'affairs',
  title: '',
  titleEn: '',
  providerUnitId: null,
  providerPartnerId: null,
  providerWords: '',
  way: 'place',
  weekly: [],
  slotMinutes: 30,
  capacity: 1,
  walkIn: false,
  bring: [],
  bringEn: [],
  forWhom: '',
  forWhomEn: '',
  languages: ['zh'],
  firstDay: '',
  lastDay: null,
};

export interface OfferFormProps {
  /** Null: a new one. */
  offer: Offer | null;
  stations: Catalogue['stations'];
  station: string | undefined;
  /** How many bookings the new hours no longer hold. */
  onSaved: (outside: number) => void;
  onClose: () => void;
}

/** Adds or changes a service; the week stands beside it as it will be. */
export function OfferForm({ offer, stations, station, onSaved, onClose }: OfferFormProps) {
  const t = useText(bookings);
  const [stationId, setStationId] = useState(offer?.station.id ?? station ?? stations[0]?.id ?? '');
  const [wish, setWish] = useState<OfferWish>(() =>
    offer === null ? { ...blank, firstDay: todayHere() } : wishOf(offer),
  );
  const [rows, setRows] = useState<readonly HoursRow[]>(() =>
    offer === null ? [{ weekdays: [1], from: '09:00', until: '11:00' }] : toRows(offer.weekly),
  );
  const full = { ...wish, weekly: fromRows(rows) };
  const change = (part: Partial<OfferWish>): void => setWish((now) => ({ ...now, ...part }));
  const act = useAct(
    (body: OfferWish, opId) =>
      offer === null
        ? ask(bookingRoutes.addOffer, { body: { opId, stationId, offer: body } }).then(() => ({ outside: 0 }))
        : ask(bookingRoutes.editOffer, {
            params: { id: offer.id },
            body: { opId, version: offer.version, offer: body },
          }),
    {
      stale: [bookingKey],
      onDone: ({ outside }) => {
        onSaved(outside);
        onClose();
      },
    },
  );
  return (
    <FormFrame
      width={860}
      title={offer === null ? t.form.add : t.form.edit}
      send={t.form.save}
      busy={act.isPending}
      error={act.error}
      ready={wish.title.length >= 2 && full.weekly.length > 0}
      area="bookings-form"
      onSend={() => act.mutate(full)}
      onClose={onClose}
    >
      {offer === null && (
        <>
          <StationField stations={stations} value={stationId} onChange={setStationId} />
          <ExampleField
            onPick={(example, hours) => {
              change(example);
              setRows(hours);
            }}
          />
        </>
      )}
      <Facts wish={wish} onChange={change} />
      <ProviderField stationId={stationId} wish={wish} onChange={change} />
      <HoursField rows={rows} onChange={setRows} />
      <Numbers wish={wish} onChange={change} />
      <Details wish={wish} onChange={change} />
      <WeekPreview stationId={stationId} wish={full} />
    </FormFrame>
  );
}

function wishOf(offer: Offer): OfferWish {
  const keys = Object.keys(blank) as (keyof OfferWish)[];
  return Object.fromEntries(keys.map((key) => [key, offer[key]])) as unknown as OfferWish;
}

export interface PartProps {
  wish: OfferWish;
  onChange: (part: Partial<OfferWish>) => void;
}

function StationField(props: { stations: Catalogue['stations']; value: string; onChange: (id: string) => void }) {
  const t = useText(bookings);
  return (
    <label className="form-field">
      {t.station}
      <select value={props.value} onChange={({ target }) => props.onChange(target.value)}>
        {props.stations.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function ExampleField({ onPick }: { onPick: (example: Partial<OfferWish>, hours: HoursRow[]) => void }) {
  const t = useText(bookings).form;
  const english = languageChoice.use() === 'en';
  const examples = useQuery(wordsQuery).data?.examples ?? [];
  return (
    <label className="form-field">
      {t.example}
      <select
        defaultValue=""
        onChange={({ target }) => {
          const found = examples.find(({ code }) => code === target.value);
          if (found === undefined) return;
          const { code: _code, weekly, ...example } = found;
          onPick(example, toRows(weekly));
        }}
      >
        <option value="">{t.exampleNone}</option>
        {examples.map(({ code, title, titleEn }) => (
          <option key={code} value={code}>
            {english ? titleEn : title}
          </option>
        ))}
      </select>
    </label>
  );
}

function Facts({ wish, onChange }: PartProps) {
  const t = useText(bookings);
  const english = languageChoice.use() === 'en';
  const areas = useQuery(wordsQuery).data?.areas ?? [];
  return (
    <div className="bookings-grid">
      <label className="form-field">
        {t.form.area}
        <select value={wish.area} onChange={({ target }) => onChange({ area: target.value })}>
          {areas.map(({ code, name, nameEn }) => (
            <option key={code} value={code}>
              {english ? nameEn : name}
            </option>
          ))}
        </select>
      </label>
      <label className="form-field">
        {t.form.way}
        <select
          value={wish.way}
          onChange={({ target }) => onChange({ way: offerWays.find((one) => one === target.value) ?? 'place' })}
        >
          {offerWays.map((one) => (
            <option key={one} value={one}>
              {t.ways[one]}
            </option>
          ))}
        </select>
      </label>
      <TextLine label={t.form.name} value={wish.title} max={40} onChange={(title) => onChange({ title })} required />
      <TextLine label={t.form.nameEn} value={wish.titleEn} max={80} onChange={(titleEn) => onChange({ titleEn })} />
    </div>
  );
}

interface TextLineProps {
  label: string;
  value: string;
  max: number;
  required?: boolean;
  onChange: (value: string) => void;
}

function TextLine({ label, value, max, required = false, onChange }: TextLineProps) {
  return (
    <label className="form-field">
      {label}
      <input
        value={value}
        maxLength={max}
        required={required}
        minLength={required ? 2 : undefined}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}

function Numbers({ wish, onChange }: PartProps) {
  const t = useText(bookings).form;
  return (
    <div className="bookings-grid">
      <label className="form-field">
        {t.slot}
        <input
          type="number"
          min={5}
          max={480}
          required
          value={wish.slotMinutes}
          onChange={({ target }) => onChange({ slotMinutes: Number(target.value) })}
        />
      </label>
      <label className="form-field">
        {t.capacity}
        <input
          type="number"
          min={1}
          max={200}
          required
          value={wish.capacity}
          onChange={({ target }) => onChange({ capacity: Number(target.value) })}
        />
      </label>
      <label className="form-field">
        {t.firstDay}
        <input
          type="date"
          required
          value={wish.firstDay}
          onChange={({ target }) => onChange({ firstDay: target.value })}
        />
      </label>
      <label className="form-field">
        {t.lastDay}
        <input
          type="date"
          value={wish.lastDay ?? ''}
          onChange={({ target }) => onChange({ lastDay: target.value === '' ? null : target.value })}
        />
      </label>
      <label className="bookings-check">
        <input type="checkbox" checked={wish.walkIn} onChange={({ target }) => onChange({ walkIn: target.checked })} />
        {t.walkIn}
      </label>
    </div>
  );
}

function Details({ wish, onChange }: PartProps) {
  const t = useText(bookings).form;
  return (
    <div className="bookings-grid">
      <label className="form-field">
        {t.bring}
        <textarea
          rows={3}
          value={wish.bring.join('\n')}
          onChange={({ target }) => onChange({ bring: target.value.split('\n') })}
          onBlur={({ target }) => onChange({ bring: lines(target.value) })}
        />
      </label>
      <label className="form-field">
        {t.bringEn}
        <textarea
          rows={3}
          value={wish.bringEn.join('\n')}
          onChange={({ target }) => onChange({ bringEn: target.value.split('\n') })}
          onBlur={({ target }) => onChange({ bringEn: lines(target.value) })}
        />
      </label>
      <TextLine label={t.forWhom} value={wish.forWhom} max={60} onChange={(forWhom) => onChange({ forWhom })} />
      <TextLine
        label={t.forWhomEn}
        value={wish.forWhomEn}
        max={120}
        onChange={(forWhomEn) => onChange({ forWhomEn })}
      />
    </div>
  );
}
