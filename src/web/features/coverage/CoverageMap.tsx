import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { Tier } from '#kit/tiers.ts';
import { outlinesQuery } from '#web/app/outlines.ts';
import { useText } from '#web/i18n/area.ts';
import { coverage } from '#web/i18n/coverage.ts';
import { FittedMap } from '#web/map/FittedMap.tsx';
import type { MapFeatures, MapLayer } from '#web/map/layers.ts';
import type { CoverageRow } from './queries.ts';
import type { Measure } from './search.ts';

/** Steps of one hue, from thin to full: readable without telling colours apart. The map cannot read the style sheet. */
const steps = [
  { key: 'low', below: 40, ink: '#d9e4dc' },
  { key: 'some', below: 60, ink: '#9cc3af' },
  { key: 'more', below: 80, ink: '#4f9476' },
  { key: 'high', below: Infinity, ink: '#154a37' },
] as const;
const unknownInk = '#b9b2a2';

interface CoverageMapProps {
  rows: readonly CoverageRow[];
  measure: Measure;
  onOpen: (code: string) => void;
}

/** The areas below, each as dark as it is reached; the table beside it says the same. */
export function CoverageMap({ rows, measure, onOpen }: CoverageMapProps) {
  const t = useText(coverage);
  const tier = (rows[0]?.tier ?? 'grid') as Tier;
  const outlines = useQuery(outlinesQuery(tier)).data;
  const latest = useRef(onOpen);
  latest.current = onOpen;
  const drawn = useMemo(() => {
    const features = (outlines?.features ?? []) as MapFeatures['features'];
    const codes = new Set(rows.map(({ code }) => code));
    return features.filter(({ properties }) => codes.has(String(properties?.['code'])));
  }, [outlines, rows]);
  const layers = useMemo<MapLayer[]>(
    () => [layerOf(drawn, rows, measure, t.legend, (code) => latest.current(code))],
    [drawn, rows, measure, t],
  );
  return <FittedMap area="coverage-map" label={t.map} drawn={drawn} layers={layers} failedWords={t.mapTwin} />;
}

function layerOf(
  features: MapFeatures['features'],
  rows: readonly CoverageRow[],
  measure: Measure,
  names: Readonly<Record<(typeof steps)[number]['key'] | 'unknown', string>>,
  onOpen: (code: string) => void,
): MapLayer {
  const inkOf = new Map(rows.map((row) => [row.code, inkFor(row[measure].percent)]));
  return {
    id: 'coverage',
    data: {
      type: 'FeatureCollection',
      features: features.map((feature) => ({
        ...feature,
        properties: {
          code: feature.properties?.['code'],
          ink: inkOf.get(String(feature.properties?.['code'])) ?? unknownInk,
        },
      })),
    },
    styles: [
      { type: 'fill', paint: { 'fill-color': ['get', 'ink'], 'fill-opacity': 0.6 } },
      { type: 'line', paint: { 'line-color': '#1f2a26', 'line-width': 1 } },
    ],
    legend: [
      ...steps.map(({ key, ink }) => ({ words: names[key], colour: ink, shape: 'area' as const })),
      { words: names.unknown, colour: unknownInk, shape: 'area' as const },
    ],
    onSelect: ({ code }) => {
      if (typeof code === 'string') onOpen(code);
    },
  };
}

function inkFor(percent: number | null): string {
  return percent === null ? unknownInk : (steps.find(({ below }) => percent < below)?.ink ?? unknownInk);
}
