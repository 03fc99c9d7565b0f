/** Writes CAP 1.2: elements in the order of the schema, times in Beijing time, positions "lat,lon". */
import type { LonLat } from '#kit/geo.ts';
import type { CapAlert, CapArea, CapInfo, CapPair, CapReference, CapResource } from './cap.ts';
import { writeTime } from './cap-time.ts';

type Value = string | number | undefined;
type Element = readonly [name: string, value: Value | readonly Element[]];

/** The whole document, valid against the schema of CAP 1.2 when `alert` is as its type says. */
export function writeCap(alert: CapAlert): string {
  const elements: Element[] = [
    ['identifier', alert.identifier],
    ['sender', alert.sender],
    ['sent', time(alert.sent)],
    ['status', alert.status],
    ['msgType', alert.msgType],
    ['source', alert.source],
    ['scope', alert.scope],
    ['restriction', alert.restriction],
    ['addresses', alert.addresses],
    ...each('code', alert.code),
    ['note', alert.note],
    ['references', alert.references.length === 0 ? undefined : alert.references.map(writeReference).join(' ')],
    ['incidents', alert.incidents],
    ...alert.info.map((info): Element => ['info', infoOf(info)]),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">\n${write(elements, '  ')}</alert>\n`;
}

function writeReference({ sender, identifier, sent }: CapReference): string {
  return `${sender},${identifier},${time(sent)}`;
}

function infoOf(info: CapInfo): Element[] {
  return [
    ['language', info.language],
    ...each('category', info.category),
    ['event', info.event],
    ...each('responseType', info.responseType),
    ['urgency', info.urgency],
    ['severity', info.severity],
    ['certainty', info.certainty],
    ['audience', info.audience],
    ...pairs('eventCode', info.eventCode),
    ['effective', time(info.effective)],
    ['onset', time(info.onset)],
    ['expires', time(info.expires)],
    ['senderName', info.senderName],
    ['headline', info.headline],
    ['description', info.description],
    ['instruction', info.instruction],
    ['web', info.web],
    ['contact', info.contact],
    ...pairs('parameter', info.parameter),
    ...info.resource.map((one): Element => ['resource', resourceOf(one)]),
    ...info.area.map((one): Element => ['area', areaOf(one)]),
  ];
}

function resourceOf({ resourceDesc, mimeType, size, uri, digest }: CapResource): Element[] {
  return [
    ['resourceDesc', resourceDesc],
    ['mimeType', mimeType],
    ['size', size],
    ['uri', uri],
    ['digest', digest],
  ];
}

function areaOf(area: CapArea): Element[] {
  return [
    ['areaDesc', area.areaDesc],
    ...area.polygons.map((ring): Element => ['polygon', ring.map(position).join(' ')]),
    ...area.circles.map(({ centre, radiusKm }): Element => ['circle', `${position(centre)} ${radiusKm}`]),
    ...pairs('geocode', area.geocodes),
    ['altitude', area.altitude],
    ['ceiling', area.ceiling],
  ];
}

/** Six decimals are 0.1 m; never in the form 1e-7. */
function position([lon, lat]: LonLat): string {
  return [lat, lon].map((degrees) => String(Number(degrees.toFixed(6)) + 0)).join(',');
}

function time(iso: string | undefined): string | undefined {
  return iso === undefined ? undefined : writeTime(Date.parse(iso));
}

function each(name: string, values: readonly string[]): Element[] {
  return values.map((value): Element => [name, value]);
}

function pairs(name: string, values: readonly CapPair[]): Element[] {
  return values.map(({ valueName, value }): Element => [name, [['valueName', valueName], ['value', value]]]); // prettier-ignore
}

function write(elements: readonly Element[], indent: string): string {
  return elements
    .map(([name, value]) => {
      if (value === undefined || value === '') return '';
      if (typeof value !== 'object') return `${indent}<${name}>${escapeXml(String(value))}</${name}>\n`;
      return `${indent}<${name}>\n${write(value, `${indent}  `)}${indent}</${name}>\n`;
    })
    .join('');
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for an element or an attribute in double quotes; characters XML does not know are left out. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (sign) => escapes[sign] ?? '');
}
