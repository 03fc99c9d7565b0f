import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { lifecircleRoutes } from '#contract/lifecircle.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';

type Routes = typeof lifecircleRoutes;
export type Words = ClientOutput<Routes['words']>;
export type ClassWord = Words['classes'][number];
export type Run = ClientOutput<Routes['runs']>['items'][number];
export type RunDetail = ClientOutput<Routes['run']>;
export type Matrix = ClientOutput<Routes['matrix']>;
export type AreaHeads = Matrix['area'];
export type MatrixCell = Matrix['items'][number];
export type Cells = ClientOutput<Routes['cells']>;
export type Cell = Cells['items'][number];
export type CellTimes = ClientOutput<Routes['cell']>;
export type Isochrones = ClientOutput<Routes['isochrones']>['items'];
export type Network = ClientOutput<Routes['networks']>['items'][number];
export type Marks = ClientOutput<Routes['marks']>;

export const circleKeys = {
  all: ['lifecircle'],
  runs: ['lifecircle', 'runs'],
  networks: ['lifecircle', 'networks'],
} as const;

const key = (...parts: unknown[]) => [...circleKeys.all, ...parts];
/** A run that is done never changes. */
const forGood = { staleTime: Infinity, placeholderData: keepPreviousData } as const;

export const wordsQuery = queryOptions({
  queryKey: key('words'),
  queryFn: ({ signal }) => ask(lifecircleRoutes.words, {}, { signal }),
  staleTime: 3_600_000,
});

/** Runs that cover an area; while one is under way it is asked again and again. */
export function runsQuery(area: string | undefined) {
  return queryOptions({
    queryKey: [...circleKeys.runs, area ?? ''],
    queryFn: ({ signal }) => ask(lifecircleRoutes.runs, { query: area === undefined ? {} : { area } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.items.some((run) => run.state === 'running') === true ? 700 : false),
    placeholderData: keepPreviousData,
  });
}

export function runQuery(id: string | undefined) {
  return queryOptions({
    queryKey: key('run', id),
    queryFn: ({ signal }) => ask(lifecircleRoutes.run, { params: { id: id ?? '' } }, { signal }),
    enabled: id !== undefined,
    ...forGood,
  });
}

export function matrixQuery(id: string | undefined, area: string | undefined) {
  return queryOptions({
    queryKey: key('matrix', id, area ?? ''),
    queryFn: ({ signal }) =>
      ask(lifecircleRoutes.matrix, { params: { id: id ?? '' }, query: area === undefined ? {} : { area } }, { signal }),
    enabled: id !== undefined,
    ...forGood,
  });
}

export function cellsQuery(id: string | undefined, classCode: string, area: string | undefined) {
  return queryOptions({
    queryKey: key('cells', id, classCode, area ?? ''),
    queryFn: ({ signal }) =>
      ask(
        lifecircleRoutes.cells,
        { params: { id: id ?? '' }, query: { class: classCode, ...(area === undefined ? {} : { area }) } },
        { signal },
      ),
    enabled: id !== undefined,
    ...forGood,
  });
}

export function cellQuery(id: string, code: string) {
  return queryOptions({
    queryKey: key('cell', id, code),
    queryFn: ({ signal }) => ask(lifecircleRoutes.cell, { params: { id, code } }, { signal }),
    ...forGood,
  });
}

/** Outlines of a class, or of one facility. */
export function isochronesQuery(id: string, of: { class: string } | { facility: string }, minutes: readonly string[]) {
  return queryOptions({
    queryKey: key('isochrones', id, of, minutes),
    queryFn: ({ signal }) =>
      ask(lifecircleRoutes.isochrones, { params: { id }, query: { ...of, minutes: minutes.join(',') } }, { signal }),
    ...forGood,
  });
}

export function networksQuery(district?: string) {
  return queryOptions({
    queryKey: [...circleKeys.networks, district ?? ''],
    queryFn: ({ signal }) =>
      ask(lifecircleRoutes.networks, { query: district === undefined ? {} : { district } }, { signal }),
  });
}

export function marksQuery(version: string, [west, south, east, north]: readonly [number, number, number, number]) {
  return queryOptions({
    queryKey: key('marks', version, west, south, east, north),
    queryFn: ({ signal }) =>
      ask(lifecircleRoutes.marks, { params: { version }, query: { west, south, east, north } }, { signal }),
    ...forGood,
  });
}
