import { AppError } from '#kit/errors.ts';
import { crs84, href, selfLinks, types } from './links.ts';
import type { Ask, Link, Parts } from './parts.ts';
import { collectionIds, words, type CollectionId } from './words.ts';

const conformsTo = ['core', 'oas30', 'geojson', 'html'].map(
  (part) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${part}`,
);

export interface LandingPage {
  title: string;
  description: string;
  links: Link[];
}

export function landing(parts: Parts, ask: Ask): LandingPage {
  const t = words[ask.locale];
  const to = (path: string, rel: string, type: string, title: string, f: string): Link => ({
    href: href(parts, path, { f }),
    rel,
    type,
    title,
  });
  return {
    title: t.title,
    description: t.about,
    links: [
      ...selfLinks(parts, ask, types.json),
      to('/ogc/api', 'service-desc', types.openapi, t.definition, 'json'),
      to('/ogc/api', 'service-doc', types.html, t.definition, 'html'),
      to('/ogc/conformance', 'conformance', types.json, t.conformance, 'json'),
      to('/ogc/collections', 'data', types.json, t.collections, 'json'),
    ],
  };
}

export function conformance(parts: Parts, ask: Ask): { conformsTo: string[]; links: Link[] } {
  return { conformsTo, links: selfLinks(parts, ask, types.json) };
}

export interface Collection {
  id: string;
  title: string;
  description: string;
  itemType: 'feature';
  crs: string[];
  storageCrs: string;
  extent: object;
  links: Link[];
}

export function collections(parts: Parts, ask: Ask): { links: Link[]; collections: Collection[] } {
  return {
    links: selfLinks(parts, ask, types.json),
    collections: collectionIds.map((id) => describe(parts, ask, id)),
  };
}

/** @throws AppError not_found */
export function collection(parts: Parts, ask: Ask, id: string): Collection {
  const known = collectionIds.find((one) => one === id);
  if (known === undefined)
    throw new AppError(
      'not_found',
      `There is no collection "${id.slice(0, 40)}". There are ${collectionIds.join(', ')}.`,
    );
  return describe(parts, ask, known);
}

/** The same wherever it stands: among all, and alone. */
function describe(parts: Parts, ask: Ask, id: CollectionId): Collection {
  const t = words[ask.locale];
  const path = `/ogc/collections/${id}`;
  const box = parts.grids.extent();
  return {
    id,
    title: t.layers[id].title,
    description: t.layers[id].about,
    itemType: 'feature',
    crs: [crs84],
    storageCrs: crs84,
    extent: {
      ...(box === undefined ? {} : { spatial: { bbox: [box], crs: crs84 } }),
      ...(id === 'events'
        ? { temporal: { interval: [[null, null]], trs: 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian' } }
        : {}),
    },
    links: [
      ...selfLinks(parts, { ...ask, path, sent: {} }, types.json),
      { href: href(parts, `${path}/items`, { f: 'json' }), rel: 'items', type: types.geojson, title: t.items },
      { href: href(parts, `${path}/items`, { f: 'html' }), rel: 'items', type: types.html, title: t.items },
    ],
  };
}
