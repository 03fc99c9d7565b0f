import { AppError } from '#kit/errors.ts';
import { toIso } from '#kit/clock.ts';
import { pointWithin } from '#server/modules/grids/index.ts';
import { defineService, getService, listServices } from './catalog.ts';
import type { Document, Value } from './document.ts';
import { findField, listField, spanOf, wholeField, type Fields } from './fields.ts';
import type { Ask, Parts } from './parts.ts';
import { postRequest } from './report.ts';
import { getUpdates, postUpdate } from './updates.ts';
import { toRequest, type Showing } from './view.ts';
import { texts, type Locale } from './words.ts';

export type Open311Verb =
  'discovery' | 'services' | 'service' | 'requests' | 'request' | 'token' | 'updates' | 'report' | 'update';

/** GeoReport v2 in terms of documents: whoever serves it chooses the format. Refusals are AppErrors. */
export interface Open311 {
  answer(verb: Open311Verb, ask: Ask): Promise<Document>;
  /** The stored file of a photo released to the public. */
  findPhoto(id: string): Promise<{ storageKey: string } | undefined>;
}

const specification = 'http://wiki.open311.org/GeoReport_v2';
const mostAtOnce = 1000;

export function createOpen311(parts: Parts): Open311 {
  const verbs: Record<Open311Verb, (ask: Ask) => Promise<Document>> = {
    discovery: (ask) => discover(parts, ask.locale),
    services: async ({ locale }) => ({
      root: 'services',
      value: listServices(await parts.events.categories(), locale),
    }),
    service: async ({ id, locale }) => {
      const { code } = getService(await parts.events.categories(), id);
      return { root: 'service_definition', value: defineService(code, locale) };
    },
    requests: (ask) => getRequests(parts, ask),
    request: (ask) => getRequest(parts, ask),
    token: (ask) => getByToken(parts, ask),
    updates: async (ask) => getUpdates(parts, ask, await showing(parts, ask.locale)),
    report: (ask) => postRequest(parts, ask),
    update: (ask) => postUpdate(parts, ask),
  };
  return {
    async answer(verb, ask) {
      assertJurisdiction(parts, ask.fields);
      return verbs[verb](ask);
    },
    findPhoto: (id) => parts.events.findPhoto(id),
  };
}

/** Ours are the name of the installation and the host it is reached at, with or without www. @throws AppError not_found */
function assertJurisdiction({ tenant, publicUrl }: Parts, fields: Fields): void {
  const asked = findField(fields, 'jurisdiction_id');
  if (asked === undefined) return;
  const { host, hostname } = new URL(publicUrl);
  const plain = (name: string) => name.toLowerCase().replace(/^www\./, '');
  if ([tenant, host, hostname].some((ours) => plain(ours) === plain(asked))) return;
  throw new AppError(
    'not_found',
    `jurisdiction_id: "${asked.slice(0, 80)}" was not found. This is ${plain(hostname)}.`,
  );
}

async function discover(parts: Parts, locale: Locale): Promise<Document> {
  const t = texts[locale];
  const changeset = toIso((await parts.events.changedAt()).getTime());
  const at = (path: string) => new URL(path, parts.publicUrl).href;
  const endpoint = (path: string, type: string, description: string): Value => ({
    specification,
    url: at(path),
    changeset,
    type,
    description,
    formats: ['text/xml', 'application/json'],
  });
  return {
    root: 'discovery',
    namespace: 'http://wiki.open311.org/Service_Discovery',
    value: {
      changeset,
      contact: t.contact(at('/')),
      key_service: t.keys(at('/')),
      endpoints: [endpoint('/open311/v2', 'production', t.production), endpoint('/open311/test/v2', 'test', t.test)],
    },
  };
}

async function showing({ events, territory, publicUrl }: Parts, locale: Locale): Promise<Showing> {
  return {
    locale,
    categories: await events.categories(),
    unitName(id) {
      const unit = territory.unit(id);
      return unit === undefined ? null : locale === 'en' && unit.nameEn !== '' ? unit.nameEn : unit.name;
    },
    areaName: (code) => territory.area(code)?.name ?? null,
    pointOf: (code) => pointWithin(territory, code),
    photoUrl: (id) => new URL(`/open311/v2/media/${id}.jpg`, publicUrl).href,
  };
}

async function getRequests(parts: Parts, { fields, locale }: Ask): Promise<Document> {
  const show = await showing(parts, locale);
  const numbers = listField(fields, 'service_request_id', 100);
  const events =
    numbers === undefined
      ? await parts.events.list(filterOf(fields, parts.clock.now()))
      : await parts.events.find({ numbers });
  return { root: 'service_requests', value: events.map((event) => toRequest(event, show)) };
}

function filterOf(fields: Fields, nowMs: number): Parameters<Parts['events']['list']>[0] {
  const statuses = listField(fields, 'status', 10);
  const odd = statuses?.find((status) => status !== 'open' && status !== 'closed');
  if (odd !== undefined)
    throw new AppError('bad_input', `status: expected open or closed, found "${odd.slice(0, 40)}".`);
  const page = wholeField(fields, 'page', { min: 1, max: 1_000_000, fallback: 1 });
  const limit = wholeField(fields, 'page_size', { min: 1, max: mostAtOnce, fallback: mostAtOnce });
  return {
    ...spanOf(fields, nowMs),
    categoryCodes: listField(fields, 'service_code', 200) ?? null,
    open: statuses?.length === 1 ? statuses[0] === 'open' : null,
    limit,
    offset: (page - 1) * limit,
  };
}

async function getRequest(parts: Parts, { id, locale }: Ask): Promise<Document> {
  const [event] = await parts.events.find({ numbers: [id] });
  if (event === undefined) throw new AppError('not_found', `service_request_id: "${id.slice(0, 40)}" was not found.`);
  return { root: 'service_requests', value: [toRequest(event, await showing(parts, locale))] };
}

/** We answer every report with its number at once and give no tokens; a number is accepted as the token of itself. */
async function getByToken(parts: Parts, { id }: Ask): Promise<Document> {
  const [event] = await parts.events.find({ numbers: [id] });
  if (event === undefined)
    throw new AppError(
      'not_found',
      `token: "${id.slice(0, 40)}" was not found. POST requests answers with the number itself.`,
    );
  return { root: 'service_requests', value: [{ service_request_id: event.number, token: id }] };
}
