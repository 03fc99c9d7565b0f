import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select, TreeSelect } from 'antd';
import { Suspense, useMemo, useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { LazyPickPoint } from '#web/map/lazy.tsx';
import { placeSearchQuery } from '../queries.ts';
import { useAreaTree, useOneAreaName } from '../trees.ts';
import type { ReportPartProps } from './ReportPage.tsx';

interface Found {
  value: string;
  label: string;
  name: string;
  lon: number | null;
  lat: number | null;
  areaCode: string;
}

/** Where: by a name, on the map, or only "somewhere in this community" with words. */
export function PlacePart({ draft, set }: ReportPartProps) {
  const t = useText(deskEvent).report;
  const c = useText(common);
  const [q, setQ] = useState('');
  const [map, setMap] = useState(false);
  const found = useQuery(placeSearchQuery(q.trim())).data;
  const { tree, load } = useAreaTree();
  const areaName = useOneAreaName(draft.areaCode === '' ? undefined : draft.areaCode);
  const options = useMemo<Found[]>(
    () => [
      ...(found?.places ?? []).map((one) => ({
        value: `${one.name}@${one.lon},${one.lat}`,
        label: t.placeIn(one.name, one.areaName),
        name: one.name,
        lon: one.lon,
        lat: one.lat,
        areaCode: '',
      })),
      ...(found?.areas ?? []).map((one) => ({
        value: one.code,
        label: one.pathName,
        name: one.name,
        lon: null,
        lat: null,
        areaCode: one.code,
      })),
    ],
    [found, t],
  );
  const start = useMemo(
    () => (draft.lon === null || draft.lat === null ? null : { lon: draft.lon, lat: draft.lat }),
    [draft.lon, draft.lat],
  );
  const take = (one: Found | undefined): void => {
    if (one === undefined) set({ lon: null, lat: null, placeName: '', areaCode: '' });
    else
      set({
        lon: one.lon,
        lat: one.lat,
        placeName: one.areaCode === '' ? one.name : '',
        areaCode: one.areaCode,
        follow: null,
      });
  };
  return (
    <div className="form-field" role="group" aria-label={t.place}>
      {t.place}
      <span className="form-row">
        <Select
          aria-label={t.placeSearch}
          className="place-search"
          placeholder={t.placeSearch}
          allowClear
          showSearch={{ filterOption: false, onSearch: setQ }}
          value={
            draft.placeName === '' && draft.areaCode === ''
              ? undefined
              : draft.placeName || (areaName ?? draft.areaCode)
          }
          onChange={(value?: string) => take(options.find((one) => one.value === value))}
          options={options}
          notFoundContent={null}
        />
        <Button onClick={() => setMap(!map)} aria-expanded={map}>
          {t.placeMap}
        </Button>
      </span>
      {map && (
        <div className="place-map">
          <Suspense fallback={<p className="quiet">{c.map.loading}</p>}>
            <LazyPickPoint
              start={start}
              zoom={17}
              onPick={({ lon, lat }) => {
                set({ lon, lat, areaCode: '', follow: null });
                setMap(false);
              }}
            />
          </Suspense>
        </div>
      )}
      {draft.lon !== null && draft.lat !== null && (
        <small>
          {t.placed(
            draft.placeName === '' ? c.map.centre(draft.lon.toFixed(5), draft.lat.toFixed(5)) : draft.placeName,
          )}
        </small>
      )}
      <Input
        aria-label={t.placeWords}
        placeholder={t.placeWords}
        value={draft.placeWords}
        maxLength={160}
        onChange={(event) => set({ placeWords: event.target.value })}
      />
      {draft.lon === null && (
        <div className="form-field">
          {t.placeArea}
          <TreeSelect
            aria-label={t.placeArea}
            allowClear
            labelInValue
            value={draft.areaCode === '' ? undefined : { value: draft.areaCode, label: areaName ?? draft.areaCode }}
            onChange={(chosen?: { value: string; label?: string }) => set({ areaCode: chosen?.value ?? '' })}
            treeData={tree}
            loadData={(node) => load(String(node.value))}
          />
        </div>
      )}
    </div>
  );
}
