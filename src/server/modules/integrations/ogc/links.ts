import { formats } from '#contract/ogc.ts';
import type { Ask, Link, Parts } from './parts.ts';
import { words } from './words.ts';

export const crs84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
export const types = {
  json: 'application/json',
  geojson: 'application/geo+json',
  html: 'text/html',
  openapi: 'application/vnd.oai.openapi+json;version=3.0',
} as const;

/** An address of ours with parameters. */
export function href({ publicUrl }: Parts, path: string, query: Readonly<Record<string, string>> = {}): string {
  const url = new URL(path, publicUrl);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

/** The document in hand and the same in the other format. `json` is its media type when it is not HTML. */
export function selfLinks(parts: Parts, ask: Ask, json: string): Link[] {
  const t = words[ask.locale];
  return formats.map((f) => ({
    href: href(parts, ask.path, { ...ask.sent, f }),
    rel: f === ask.format ? 'self' : 'alternate',
    type: f === 'html' ? types.html : json,
    title: f === ask.format ? t.self : t.alternate,
  }));
}

/** The page after this one, in the same format and with the same filters. */
export function nextLink(parts: Parts, ask: Ask, cursor: string): Link {
  return {
    href: href(parts, ask.path, { ...ask.sent, f: ask.format, cursor }),
    rel: 'next',
    type: ask.format === 'html' ? types.html : types.geojson,
    title: words[ask.locale].next,
  };
}
