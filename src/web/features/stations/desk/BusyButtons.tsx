import { busyLevels } from '#contract/stations-views.ts';
import { stationRoutes } from '#contract/stations.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { stations } from '#web/i18n/stations.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { stationKeys, type StationDetail } from './queries.ts';
import { shortTime } from './words.ts';

type Level = (typeof busyLevels)[number];

/** How full it is, told by one press; it lapses by itself. Who may not tell it reads it. */
export function BusyButtons({ station }: { station: StationDetail }) {
  const t = useText(stations);
  const { busy, id, mayWork } = station;
  const act = useAct(
    ({ level }: { level: Level; at: number }, opId) =>
      ask(stationRoutes.setBusy, { params: { id }, body: { opId, level } }),
    { stale: [stationKeys.all] },
  );
  return (
    <div className="stations-busy" role="group" aria-label={t.busy.label}>
      <span className="quiet">{t.busy.label}</span>
      {mayWork ? (
        busyLevels.map((level) => (
          <button
            key={level}
            type="button"
            className="tool tool-framed"
            aria-pressed={busy?.level === level}
            disabled={act.isPending}
            onClick={() => act.mutate({ level, at: Date.now() })}
          >
            {t.busy[level]}
          </button>
        ))
      ) : (
        <span>{busy === null ? t.busy.untold : t.busy[busy.level]}</span>
      )}
      {busy !== null && <small className="quiet">{t.busyUntil(shortTime(busy.lapsesAt))}</small>}
      <ProblemNote error={act.error} />
    </div>
  );
}
