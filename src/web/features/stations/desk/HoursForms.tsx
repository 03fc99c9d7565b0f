import { useState } from 'react';
import { stationRoutes } from '#contract/stations.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { stations } from '#web/i18n/stations.ts';
import { Line } from '#web/ui/FormLines.tsx';
import { fromText, toText, type Span } from './hours-text.ts';
import { FormFrame } from './Parts.tsx';
import { stationKeys, type StationDetail } from './queries.ts';

interface HoursWish {
  hours: Span[][];
  holidayHours: boolean;
}

/** The hours of the week, typed line by line. */
export function HoursForm({ station, onClose }: { station: StationDetail; onClose: () => void }) {
  const h = useText(stations).hours;
  const [lines, setLines] = useState(() => Array.from({ length: 8 }, (_, k) => toText(station.hours[k] ?? [])));
  const [holiday, setHoliday] = useState(station.holidayHours);
  const read = lines.map(fromText);
  const act = useAct(
    (wish: HoursWish, opId) =>
      ask(stationRoutes.setHours, { params: { id: station.id }, body: { opId, version: station.version, ...wish } }),
    { stale: [stationKeys.all], onDone: onClose },
  );
  const setLine = (k: number, text: string): void => setLines(lines.map((line, j) => (j === k ? text : line)));
  return (
    <FormFrame
      title={h.edit}
      busy={act.isPending}
      error={act.error}
      ready={read.every((spans) => spans !== undefined)}
      onSend={() => act.mutate({ hours: read.map((spans) => spans ?? []), holidayHours: holiday })}
      onClose={onClose}
    >
      <p className="quiet">{h.lead}</p>
      {h.days.map((day, k) =>
        k === 7 && !holiday ? null : (
          <Line
            key={day}
            label={day}
            value={lines[k] ?? ''}
            max={100}
            error={read[k] === undefined ? h.wrong(day) : undefined}
            onChange={(text) => setLine(k, text)}
          />
        ),
      )}
      <label className="stations-check">
        <input type="checkbox" checked={holiday} onChange={({ target }) => setHoliday(target.checked)} />
        {h.holiday}
      </label>
      <button
        type="button"
        className="tool tool-framed"
        onClick={() => setLines(lines.map((line, k) => (k > 0 && k < 5 ? (lines[0] ?? '') : line)))}
      >
        {h.copy}
      </button>
    </FormFrame>
  );
}

interface ExceptionWish {
  fromDay: string;
  toDay: string;
  spans: Span[];
  reason: string;
  reasonEn: string;
}

/** Some days that are not as usual. */
export function ExceptionForm({ station, onClose }: { station: StationDetail; onClose: () => void }) {
  const h = useText(stations).hours;
  const [draft, setDraft] = useState({ fromDay: '', toDay: '', spans: '', reason: '', reasonEn: '' });
  const set = (change: Partial<typeof draft>): void => setDraft({ ...draft, ...change });
  const spans = fromText(draft.spans);
  const toDay = draft.toDay === '' ? draft.fromDay : draft.toDay;
  const act = useAct(
    (wish: ExceptionWish, opId) =>
      ask(stationRoutes.addException, { params: { id: station.id }, body: { opId, ...wish } }),
    { stale: [stationKeys.all], onDone: onClose },
  );
  return (
    <FormFrame
      title={h.addException}
      busy={act.isPending}
      error={act.error}
      ready={spans !== undefined && draft.fromDay !== '' && draft.fromDay <= toDay && draft.reason.trim().length > 1}
      onSend={() => act.mutate({ ...draft, toDay, spans: spans ?? [] })}
      onClose={onClose}
    >
      <Line
        label={h.from}
        type="date"
        value={draft.fromDay}
        max={10}
        required
        onChange={(fromDay) => set({ fromDay })}
      />
      <Line label={h.to} type="date" value={draft.toDay} max={10} onChange={(day) => set({ toDay: day })} />
      <Line
        label={h.spans}
        value={draft.spans}
        max={100}
        error={spans === undefined ? h.wrong(h.spans) : undefined}
        onChange={(text) => set({ spans: text })}
      />
      <Line label={h.reason} value={draft.reason} max={100} required onChange={(reason) => set({ reason })} />
      <Line label={h.reasonEn} value={draft.reasonEn} max={150} onChange={(reasonEn) => set({ reasonEn })} />
    </FormFrame>
  );
}
