import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { bboxOf } from '#engine/territory/measure.ts';
import { tiers } from '#kit/tiers.ts';
import { areaQuery, childAreasQuery, outlinesQuery, type AreaDetail, type OutlineFeature } from '../shared/queries.ts';
import type { Shapes } from './edit-model.ts';

export interface Territory {
  parent: AreaDetail;
  /** The areas directly below the parent, in the order of their codes, also those without an outline. */
  children: readonly OutlineFeature[];
  /** Everything drawn around here, of every tier: a shared corner moves in all of them. */
  around: ReadonlyMap<string, OutlineFeature>;
  shapes: Shapes;
}

/** What the editor needs of one parent. `territory` is undefined while anything is missing. */
export function useTerritory(parentCode: string): { territory: Territory | undefined; error: unknown } {
  const parent = useQuery(areaQuery(parentCode));
  const rows = useQuery({ ...childAreasQuery(parentCode), enabled: parentCode !== '' });
  const window = useMemo(() => (parent.data === undefined ? undefined : windowOf(parent.data)), [parent.data]);
  const outlines = useQueries({
    queries: tiers.map((tier) => ({ ...outlinesQuery(tier, window ?? null), enabled: window !== undefined })),
    combine: (results) => ({
      features: results.every((one) => one.data !== undefined) ? results.flatMap((one) => one.data ?? []) : undefined,
      error: results.find((one) => one.error !== null)?.error ?? null,
    }),
  });
  const { data: detail } = parent;
  const { data: below } = rows;
  const { features } = outlines;
  const territory = useMemo(() => {
    if (detail === undefined || below === undefined || features === undefined) return undefined;
    const around = new Map(features.map((feature) => [feature.code, feature]));
    const children = below
      .map((row): OutlineFeature => around.get(row.code) ?? { ...row, geometry: null })
      .toSorted((a, b) => (a.code < b.code ? -1 : 1));
    const shapes: Shapes = new Map(features.flatMap(({ code, geometry }) => (geometry ? [[code, geometry]] : [])));
    return { parent: detail, children, around, shapes };
  }, [detail, below, features]);
  return { territory, error: parent.error ?? rows.error ?? outlines.error };
}

/** The parent's box with a little around it; null (no window) where it has no outline. */
function windowOf({ geometry }: AreaDetail): number[] | null {
  if (geometry === null) return null;
  const [west, south, east, north] = bboxOf(geometry as never);
  const margin = Math.max(east - west, north - south, 0.002) * 0.15;
  return [west - margin, south - margin, east + margin, north + margin];
}
