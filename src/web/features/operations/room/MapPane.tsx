import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect, useMemo, useRef, useState } from 'react';
import type { LonLat } from '#kit/geo.ts';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { operations } from '#web/i18n/operations.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { Pane } from '../parts/Pane.tsx';
import { riskPointsQuery, type PersonNear, type RiskPoint, type Room } from '../queries.ts';
import type { CordonDraft } from './cordon.ts';
import { CordonTool } from './CordonTool.tsx';
import type { Intent, Tell } from './intent.ts';
import { MapTable } from './MapTable.tsx';
import { Nearby } from './Nearby.tsx';
import { PositionTool } from './PositionTool.tsx';
import { drawSign, roomLayers } from './room-layers.ts';
import './room-map.css';

export interface MapPaneProps {
  room: Room;
  intent: Intent | null;
  tell: Tell;
}

/** Where it is: cordons, people in care, risk points, positions; drawn on a map or listed in a table. */
export function MapPane({ room, intent, tell }: MapPaneProps) {
  const t = useText(operations);
  const { lon, lat } = room.event;
  const [asTable, setAsTable] = useState(false);
  const [draft, setDraft] = useState<CordonDraft | null>(null);
  const [radiusM, setRadiusM] = useState(room.operation?.nearbyM ?? 100);
  const [people, setPeople] = useState<readonly PersonNear[] | null>(null);
  const risks = useQuery({ ...riskPointsQuery(room.event.id, radiusM), enabled: lon !== null });
  const map = useRef<MapLibre | null>(null);
  const at = useMemo<LonLat | null>(() => (lon === null || lat === null ? null : [lon, lat]), [lon, lat]);
  useEffect(() => {
    if (intent?.kind === 'cordon' && at !== null)
      setDraft((now) => now ?? { shape: 'circle', centre: at, radiusM: 30 });
  }, [intent, at]);
  if (at === null)
    return (
      <Pane title={t.room.panes.map} className="room-map">
        <p className="quiet">{t.map.none}</p>
      </Pane>
    );
  const facts = { room, people: people ?? [], risks: risks.data?.items ?? [] };
  return (
    <Pane
      title={t.room.panes.map}
      className={`room-map ${asTable ? '' : 'room-map-drawn'} ${draft === null ? '' : 'room-map-busy'}`}
      aside={
        <span className="room-buttons">
          {room.may.cordon && draft === null && (
            <button
              type="button"
              className="room-button"
              onClick={() => setDraft({ shape: 'circle', centre: at, radiusM: 30 })}
            >
              {t.map.draw}
            </button>
          )}
          <button type="button" className="link-button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? t.map.asMap : t.map.asTable}
          </button>
        </span>
      }
    >
      {asTable ? (
        <MapTable {...facts} at={at} />
      ) : (
        <RoomMap {...facts} at={at} draft={draft} onDraft={setDraft} onMap={(made) => (map.current = made)} />
      )}
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="room-map-tools" role="group" aria-label={t.map.tools} tabIndex={0}>
        <CordonTool
          room={room}
          at={at}
          draft={draft}
          onDraft={setDraft}
          middle={() => {
            const centre = map.current?.getCenter();
            return centre === undefined ? at : [centre.lng, centre.lat];
          }}
          onEnd={() => {
            setDraft(null);
            tell(null);
          }}
        />
        <PositionTool room={room} />
        <Nearby
          room={room}
          radiusM={radiusM}
          onRadius={(next) => {
            setRadiusM(next);
            setPeople(null);
          }}
          people={people}
          onPeople={setPeople}
          risks={risks}
        />
      </div>
    </Pane>
  );
}

interface RoomMapProps {
  room: Room;
  at: LonLat;
  people: readonly PersonNear[];
  risks: readonly RiskPoint[];
  draft: CordonDraft | null;
  onDraft: (draft: CordonDraft) => void;
  onMap: (map: MapLibre) => void;
}

function RoomMap({ room, at, people, risks, draft, onDraft, onMap }: RoomMapProps) {
  const t = useText(operations).map;
  const c = useText(common).map;
  const theme = themeChoice.use();
  const [failed, setFailed] = useState(false);
  const { cordons, positions } = room;
  const layers = useMemo(
    () => roomLayers({ at, cordons, draft, people, risks, positions }, theme, t),
    [at, cordons, draft, people, risks, positions, theme, t],
  );
  const latest = useRef({ draft, onDraft });
  latest.current = { draft, onDraft };
  const centre = useMemo(() => ({ lon: at[0], lat: at[1] }), [at]);
  const ready = (made: MapLibre): void => {
    onMap(made);
    made.setMissingStyleImageResolver((id) => {
      const sign = drawSign(id);
      if (sign !== undefined && !made.hasImage(id)) made.addImage(id, sign);
    });
    made.on('click', (event: MapMouseEvent) => {
      const { draft: now, onDraft: change } = latest.current;
      if (now === null) return;
      const place: LonLat = [event.lngLat.lng, event.lngLat.lat];
      change(now.shape === 'circle' ? { ...now, centre: place } : { ...now, corners: [...now.corners, place] });
    });
  };
  if (failed) return <p className="note">{c.failed}</p>;
  return (
    <div className="room-map-ground">
      <Suspense fallback={<p className="quiet">{c.loading}</p>}>
        <LazyMapCanvas
          label={t.label}
          centre={centre}
          zoom={17}
          layers={layers}
          onReady={ready}
          onFailure={() => setFailed(true)}
        />
      </Suspense>
    </div>
  );
}
