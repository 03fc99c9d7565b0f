import type * as z from 'zod';
import type { ogcRoutes } from '#contract/ogc.ts';
import { toIso } from '#kit/clock.ts';
import { definition } from './definition.ts';
import { collection, collections, conformance, landing } from './documents.ts';
import { createPages } from './html.ts';
import { crs84, href, nextLink, selfLinks, types } from './links.ts';
import type { Ask, Feature, FeaturePage, Locale, Parts } from './parts.ts';
import { getArea, listAreas } from './source-areas.ts';
import { getEvent, listEvents } from './source-events.ts';
import { getRiskPoint, listRiskPoints } from './source-risk.ts';
import { getFacility, listFacilities } from './source-facilities.ts';
import { getStation, listStations } from './source-stations.ts';
import { words, type CollectionId } from './words.ts';

type Routes = typeof ogcRoutes;
export type OgcVerb = keyof Routes;

/** What is sent: the text in the format asked for, and the headers that belong to it. */
export interface OgcAnswer {
  type: string;
  headers: Record<string, string>;
  text: string;
}

/** A request whose path and parameters its contract has parsed. */
export interface OgcInput {
  params: Record<string, string>;
  query: unknown;
}

/** OGC API – Features in terms of documents. Refusals are AppErrors. */
export interface Ogc {
  answer(verb: OgcVerb, ask: Ask, input: OgcInput): Promise<OgcAnswer>;
  /** A page that tells a person why there is nothing. */
  refusal(locale: Locale, status: number, detail: string): string;
}

interface Document {
  json: unknown;
  html: () => string;
  type: string;
}

export function createOgc(parts: Parts): Ogc {
  const pages = createPages(parts);
  const query = <V extends OgcVerb>(input: OgcInput) => input.query as z.output<Routes[V]['query']>;

  function items(ask: Ask, id: CollectionId, page: FeaturePage): Document {
    const links = [
      ...selfLinks(parts, ask, types.geojson),
      ...(page.next === undefined ? [] : [nextLink(parts, ask, page.next)]),
      collectionLink(ask, id),
    ];
    const json = {
      type: 'FeatureCollection',
      features: page.features,
      links,
      timeStamp: toIso(parts.clock.now()),
      ...(page.total === undefined ? {} : { numberMatched: page.total }),
      numberReturned: page.features.length,
    };
    return { json, html: () => pages.items(ask, id, { ...page, links }), type: types.geojson };
  }

  function item(ask: Ask, id: CollectionId, feature: Feature): Document {
    const links = [...selfLinks(parts, ask, types.geojson), collectionLink(ask, id)];
    return {
      json: { ...feature, links },
      html: () => pages.item(ask, id, feature, links),
      type: types.geojson,
    };
  }

  function collectionLink(ask: Ask, id: CollectionId) {
    return {
      href: href(parts, `/ogc/collections/${id}`, { f: ask.format }),
      rel: 'collection',
      type: ask.format === 'html' ? types.html : types.json,
      title: words[ask.locale].collection,
    };
  }

  function plain<T>(json: T, html: (page: T) => string, type: string = types.json): Document {
    return { json, html: () => html(json), type };
  }

  const verbs: Record<OgcVerb, (ask: Ask, input: OgcInput) => Document | Promise<Document>> = {
    landing: (ask) => plain(landing(parts, ask), (page) => pages.landing(ask, page)),
    definition: (ask) => plain(definition(parts, ask), (page) => pages.definition(ask, page), types.openapi),
    conformance: (ask) => plain(conformance(parts, ask), (page) => pages.conformance(ask, page)),
    collections: (ask) => plain(collections(parts, ask), (page) => pages.collections(ask, page)),
    collection: (ask, { params }) =>
      plain(collection(parts, ask, params['collection'] ?? ''), (page) => pages.collection(ask, page)),
    areas: (ask, input) => items(ask, 'areas', listAreas(parts, query<'areas'>(input))),
    area: (ask, { params }) => item(ask, 'areas', getArea(parts, params['feature'] ?? '')),
    riskPoints: async (ask, input) =>
      items(ask, 'risk-points', await listRiskPoints(parts, ask, query<'riskPoints'>(input))),
    riskPoint: async (ask, { params }) =>
      item(ask, 'risk-points', await getRiskPoint(parts, ask, params['feature'] ?? '')),
    events: async (ask, input) => items(ask, 'events', await listEvents(parts, ask, query<'events'>(input))),
    event: async (ask, { params }) => item(ask, 'events', await getEvent(parts, ask, params['feature'] ?? '')),
    stations: async (ask, input) => items(ask, 'stations', await listStations(parts, ask, query<'stations'>(input))),
    station: async (ask, { params }) => item(ask, 'stations', await getStation(parts, ask, params['feature'] ?? '')),
    facilities: async (ask, input) =>
      items(ask, 'facilities', await listFacilities(parts, ask, query<'facilities'>(input))),
    facility: async (ask, { params }) =>
      item(ask, 'facilities', await getFacility(parts, ask, params['feature'] ?? '')),
  };

  return {
    async answer(verb, ask, input) {
      const { json, html, type } = await verbs[verb](ask, input);
      const headers: Record<string, string> = {};
      const geo = type === types.geojson && ask.format === 'json';
      if (geo) headers['content-crs'] = `<${crs84}>`;
      return {
        type: ask.format === 'html' ? `${types.html}; charset=utf-8` : type,
        headers,
        text: ask.format === 'html' ? html() : JSON.stringify(json),
      };
    },
    refusal: (locale, status, detail) => pages.refusal({ locale }, status, detail),
  };
}
