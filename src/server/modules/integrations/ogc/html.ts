import type { Collection, LandingPage } from './documents.ts';
import { href } from './links.ts';
import type { Ask, Feature, FeaturePage, Link, Parts } from './parts.ts';
import { words, type CollectionId } from './words.ts';

/** Pieces of markup that are safe already; everything else is escaped on the way in. */
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const esc = (text: unknown): string => String(text ?? '—').replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

const style = `body{font:16px/1.6 system-ui,"Noto Sans SC",sans-serif;margin:0 auto;max-width:72rem;padding:1rem;color:#1d2129;background:#fff}
a{color:#0b5cad}h1{font-size:1.4rem}nav{margin-bottom:1rem}.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #d9dde3;vertical-align:top}th{white-space:nowrap}p.pages{margin-top:1rem}`;

/** A whole page: where one stands, what it is, what it holds. `trail` leads from the landing page here. */
function frame(ask: Ask, title: string, trail: readonly (readonly [text: string, to: string])[], body: string): string {
  const nav = trail.map(([text, to]) => `<a href="${esc(to)}">${esc(text)}</a>`).join(' › ');
  return `<!doctype html><html lang="${ask.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${esc(title)}</title><style>${style}</style></head><body><nav>${nav}</nav><main><h1>${esc(title)}</h1>${body}</main></body></html>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: 'th' | 'td') =>
    `<tr>${cells.map((c) => `<${tag}>${c}</${tag}>`).join('')}</tr>`;
  const top = head.length === 0 ? '' : `<thead>${line(head.map(esc), 'th')}</thead>`;
  return `<div class="wide"><table>${top}<tbody>${rows.map((row) => line(row, 'td')).join('')}</tbody></table></div>`;
}

function listOfLinks(links: readonly Link[]): string {
  const items = links.map(
    (l) =>
      `<li><a href="${esc(l.href)}" rel="${esc(l.rel)}">${esc(l.title ?? l.rel)}</a> <small>${esc(l.type)}</small></li>`,
  );
  return `<ul>${items.join('')}</ul>`;
}

export function createPages(parts: Parts) {
  const at = (path: string) => href(parts, path, { f: 'html' });
  const trailOf = (ask: Ask, ...more: [string, string][]): [string, string][] => [
    [words[ask.locale].home, at('/ogc')],
    ...more,
  ];
  const layers = (ask: Ask): [string, string] => [words[ask.locale].collections, at('/ogc/collections')];
  const layer = (ask: Ask, id: CollectionId): [string, string] => [
    words[ask.locale].layers[id].title,
    at(`/ogc/collections/${id}`),
  ];

  return {
    landing: (ask: Ask, page: LandingPage) =>
      frame(
        ask,
        page.title,
        [],
        `<p>${esc(page.description)}</p><p><a href="${esc(at('/ogc/collections'))}">${esc(words[ask.locale].collections)}</a></p>${listOfLinks(page.links)}`,
      ),
    conformance: (ask: Ask, page: { conformsTo: readonly string[]; links: readonly Link[] }) =>
      frame(
        ask,
        words[ask.locale].conformance,
        trailOf(ask),
        `<ul>${page.conformsTo.map((uri) => `<li>${esc(uri)}</li>`).join('')}</ul>${listOfLinks(page.links)}`,
      ),
    collections: (ask: Ask, page: { collections: readonly Collection[]; links: readonly Link[] }) => {
      const rows = page.collections.map(({ id, title, description }) => [
        `<a href="${esc(at(`/ogc/collections/${id}`))}">${esc(title)}</a>`,
        esc(description),
      ]);
      return frame(ask, words[ask.locale].collections, trailOf(ask), table([], rows) + listOfLinks(page.links));
    },
    collection: (ask: Ask, page: Collection) =>
      frame(ask, page.title, trailOf(ask, layers(ask)), `<p>${esc(page.description)}</p>${listOfLinks(page.links)}`),
    items(ask: Ask, id: CollectionId, page: FeaturePage & { links: readonly Link[] }) {
      const t = words[ask.locale];
      const names = Object.keys(page.features[0]?.properties ?? {});
      const rows = page.features.map((one) => [
        `<a href="${esc(at(`/ogc/collections/${id}/items/${encodeURIComponent(one.id)}`))}">${esc(one.id)}</a>`,
        ...names.map((name) => esc(one.properties[name])),
      ]);
      const body = rows.length === 0 ? `<p>${esc(t.none)}</p>` : table(['id', ...names], rows);
      const further = page.links.filter(({ rel }) => rel !== 'self');
      return frame(
        ask,
        t.layers[id].title,
        trailOf(ask, layers(ask), layer(ask, id)),
        `<p>${esc(t.shown(page.features.length, page.total))}</p>${body}${listOfLinks(further)}`,
      );
    },
    item(ask: Ask, id: CollectionId, feature: Feature, links: readonly Link[]) {
      const rows = Object.entries(feature.properties).map(([name, value]) => [esc(name), esc(value)]);
      const items: [string, string] = [words[ask.locale].items, at(`/ogc/collections/${id}/items`)];
      return frame(
        ask,
        feature.id,
        trailOf(ask, layers(ask), layer(ask, id), items),
        table([], rows) + listOfLinks(links),
      );
    },
    definition(ask: Ask, page: Record<string, unknown>) {
      const paths = page['paths'] as Record<string, { get: { summary: string; parameters: { name: string }[] } }>;
      const rows = Object.entries(paths).map(([path, { get }]) => [
        `<code>/ogc${esc(path === '/' ? '' : path)}</code>`,
        esc(get.summary),
        esc(get.parameters.map(({ name }) => name).join(', ')),
      ]);
      const t = words[ask.locale];
      return frame(
        ask,
        t.definition,
        trailOf(ask),
        table(['', '', t.parameter], rows) +
          listOfLinks([
            { href: href(parts, '/ogc/api', { f: 'json' }), rel: 'alternate', type: 'OpenAPI 3.0', title: t.alternate },
          ]),
      );
    },
    refusal: (ask: Pick<Ask, 'locale'>, status: number, detail: string) => {
      const t = words[ask.locale];
      const hint = status === 401 ? `<p>${esc(t.signIn)}</p>` : '';
      return frame(
        { ...ask } as Ask,
        `${t.refused} (${status})`,
        [[t.home, at('/ogc')]],
        `${hint}<p>${esc(detail)}</p>`,
      );
    },
  };
}
