import { createHash, randomUUID } from 'node:crypto';
import { words } from '#contract/route.ts';
import { AppError, isAppError } from '#kit/errors.ts';
import { toIso } from '#kit/clock.ts';
import type { ReportBody } from '#server/modules/events/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { getService } from './catalog.ts';
import type { Document, Value } from './document.ts';
import { degreesField, findField, getField, parseTime, type Fields } from './fields.ts';
import { keyHolder } from './key.ts';
import type { Ask, Parts } from './parts.ts';
import { findAddress } from './place.ts';
import { withTail } from './tail.ts';
import { texts } from './words.ts';

/** POST requests: the same rules, desk and ledger line as any other report. */
export async function postRequest(parts: Parts, ask: Ask): Promise<Document> {
  const { fields, locale, test } = ask;
  const actor = await keyHolder(parts, fields);
  const externalId = externalOf(fields);
  const sourceRef = externalId === undefined ? undefined : `${actor.accountId ?? ''}/${externalId}`;
  const before = sourceRef === undefined ? undefined : await parts.events.findBySource(sourceRef);
  if (before !== undefined) return answer(before, null);
  const body = await toBody(parts, fields, sourceRef);
  try {
    const made = await parts.events.report(
      actor,
      { ...body, opId: opIdFor(actor, 'report', externalId) },
      { rehearse: test },
    );
    return answer(
      made.number,
      test ? texts[locale].test : texts[locale].notice(new URL(`/r/${made.receiptSecret}`, parts.publicUrl).href),
    );
  } catch (error) {
    // Somebody sent the same number at the same moment, or with other words: the first one counts.
    const first =
      sourceRef !== undefined && (isAppError(error, 'already_exists') || isAppError(error, 'op_reused'))
        ? await parts.events.findBySource(sourceRef)
        : undefined;
    if (first === undefined) throw error;
    return answer(first, null);
  }
}

function answer(number: string, notice: string | null): Document {
  const request: Value = { service_request_id: number, service_notice: notice, account_id: null };
  return { root: 'service_requests', value: [request] };
}

/** The number in the client's own system: our own attribute, or the one FixMyStreet sends. */
function externalOf(fields: Fields): string | undefined {
  const id = attribute(fields, 'external_id') ?? attribute(fields, 'fixmystreet_id');
  if (id !== undefined && id.length > 100)
    throw new AppError('bad_input', `attribute[external_id]: expected at most 100 characters, found ${id.length}.`);
  return id;
}

function attribute(fields: Fields, code: string): string | undefined {
  return findField(fields, `attribute[${code}]`) ?? findField(fields, `attribute[${code}][]`);
}

/** The same account and number always give the same id, so that a repetition is recognised; without a number, a new one. */
export function opIdFor(actor: Actor, what: string, externalId: string | undefined): string {
  if (externalId === undefined) return randomUUID();
  const bytes = createHash('sha256')
    .update(`open311\0${what}\0${actor.accountId ?? ''}\0${externalId}`)
    .digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80; // RFC 9562: version 8, made from our own data
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

async function toBody(parts: Parts, fields: Fields, sourceRef: string | undefined): Promise<Omit<ReportBody, 'opId'>> {
  const service = getService(await parts.events.categories(), getField(fields, 'service_code'));
  const noticed = attribute(fields, 'noticed_at');
  const danger = attribute(fields, 'danger');
  if (danger !== undefined && danger !== 'yes' && danger !== 'no')
    throw new AppError('bad_input', `attribute[danger]: expected yes or no, found "${danger.slice(0, 40)}".`);
  const description = textField('description', findField(fields, 'description'), 4000);
  const name = [findField(fields, 'first_name'), findField(fields, 'last_name')].filter((part) => part !== undefined);
  const phone = findField(fields, 'phone');
  return {
    categoryCode: service.code,
    title: textField('title', attribute(fields, 'title')?.slice(0, 80), 80),
    description: withTail(description, {
      danger: danger === undefined ? null : danger === 'yes',
      mediaUrl: mediaOf(fields),
    }),
    ...(await placeOf(parts, fields)),
    attachments: [],
    channel: 'open311',
    sourceRef,
    phone: phone === undefined ? undefined : textField('phone', phone, 30),
    name: name.length === 0 ? undefined : textField('first_name', name.join(' '), 50),
    at: noticed === undefined ? undefined : toIso(parseTime(noticed, 'attribute[noticed_at]')),
  };
}

/** Cleaned like everything people type. @throws AppError bad_input when longer than `most` */
export function textField(name: string, value: string | undefined, most: number): string {
  const parsed = words(most).safeParse(value ?? '');
  if (parsed.success) return parsed.data;
  throw new AppError(
    'bad_input',
    `${name}: expected at most ${most} characters, found ${value?.length ?? 0}. Shorten it.`,
  );
}

/** Kept as words, never fetched: an address given by a stranger could point into our own network. @throws AppError bad_input */
export function mediaOf(fields: Fields): string | null {
  const text = findField(fields, 'media_url');
  if (text === undefined) return null;
  const url = text.length <= 500 && URL.canParse(text) ? new URL(text) : undefined;
  if (
    url === undefined ||
    (url.protocol !== 'https:' && url.protocol !== 'http:') ||
    url.username !== '' ||
    url.password !== ''
  )
    throw new AppError('bad_input', 'media_url: expected one http or https address of at most 500 characters.');
  return url.href;
}

async function placeOf(
  parts: Parts,
  fields: Fields,
): Promise<{ lon: number | null; lat: number | null; areaCode: string | undefined; placeWords: string }> {
  const lat = degreesField(fields, 'lat', 90);
  const lon = degreesField(fields, 'long', 180);
  if ((lat === undefined) !== (lon === undefined))
    throw new AppError('bad_input', 'lat, long: expected both or neither, found only one of them.');
  const address = textField('address_string', findField(fields, 'address_string'), 200);
  const exactly = textField('attribute[place_words]', attribute(fields, 'place_words'), 200);
  const placeWords = [...new Set([exactly, address])]
    .filter((text) => text !== '')
    .join('; ')
    .slice(0, 200);
  const areaCode = findField(fields, 'address_id');
  if (areaCode !== undefined && parts.territory.area(areaCode) === undefined)
    throw new AppError(
      'bad_input',
      `address_id: expected a code of an area as GET requests gives it, found "${areaCode.slice(0, 40)}".`,
    );
  if (lat !== undefined && lon !== undefined) return { lon, lat, areaCode, placeWords };
  if (areaCode !== undefined) return { lon: null, lat: null, areaCode, placeWords };
  if (address === '')
    throw new AppError(
      'bad_input',
      'Expected a place: lat and long, or address_string, or address_id. None was provided.',
    );
  const found = await findAddress(address, { places: parts.events.places, territory: parts.territory });
  return { ...found, placeWords };
}
