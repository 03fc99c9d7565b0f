/** Single fields of a CAP message: presence, fixed words, times, shapes. Every refusal names element, expected, found. */
import type { LonLat } from '#kit/geo.ts';
import type { CapCircle, CapPair, CapReference } from './cap.ts';
import { quote, refuse, type XmlNode } from '#server/files/xml-tree.ts';
import { readTime } from './cap-time.ts';

/** Children of one element by name, namespace of the parent only. */
export interface Fields {
  path: string;
  all(name: string): readonly XmlNode[];
  /** Text of an element that stands at most once; empty counts as absent. */
  optional(name: string, largest?: number): string | undefined;
  required(name: string, largest?: number): string;
}

const longest = 100_000;

export function fieldsOf(node: XmlNode, path: string): Fields {
  const all = (name: string) => node.children.filter((child) => child.name === name && child.prefix === node.prefix);
  function optional(name: string, largest = longest): string | undefined {
    const found = all(name);
    if (found.length > 1) refuse(`${path}.${name}: expected it once`, `${found.length} times`);
    const text = found[0]?.text ?? '';
    if (text.length > largest) refuse(`${path}.${name}: expected at most ${largest} characters`, `${text.length}`);
    return text === '' ? undefined : text;
  }
  return {
    path,
    all,
    optional,
    required: (name, largest) =>
      optional(name, largest) ?? refuse(`${path}.${name}: expected the element with a value`, 'none'),
  };
}

/** One of the standard's words, exactly as written there. */
export function wordOf<W extends string>(path: string, text: string, words: readonly W[]): W {
  return words.find((word) => word === text) ?? refuse(`${path}: expected one of ${words.join(', ')}`, quote(text));
}

/** Identifiers and senders may hold no space, comma, < or & (CAP 1.2 §3.2.1). */
export function nameOf(fields: Fields, name: string): string {
  const text = fields.required(name, 200);
  if (/[\s,<&]/.test(text)) refuse(`${fields.path}.${name}: expected no space, comma, < or &`, quote(text));
  return text;
}

export function timeOf(fields: Fields, name: string): string | undefined {
  const text = fields.optional(name, 60);
  return text === undefined ? undefined : readTime(`${fields.path}.${name}`, text);
}

/** `sender,identifier,sent`, several parted by white space. */
export function referencesOf(fields: Fields): CapReference[] {
  const text = fields.optional('references') ?? '';
  // The extended national time has a space inside: it belongs to the entry before it.
  const entries = text.replace(/(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/g, '$1T$2').split(/\s+/);
  return entries
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [sender = '', identifier = '', sent = '', ...more] = entry.split(',');
      if (sender === '' || identifier === '' || sent === '' || more.length > 0)
        refuse(`${fields.path}.references: expected sender,identifier,sent parted by spaces`, quote(entry));
      return { sender, identifier, sent: readTime(`${fields.path}.references`, sent) };
    });
}

export function pairsOf(fields: Fields, name: string): CapPair[] {
  return fields.all(name).map((node, k) => {
    const pair = fieldsOf(node, `${fields.path}.${name}[${k}]`);
    return { valueName: pair.required('valueName', 200), value: pair.optional('value') ?? '' };
  });
}

export function numberOf(fields: Fields, name: string): number | undefined {
  const text = fields.optional(name, 40);
  if (text === undefined) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : refuse(`${fields.path}.${name}: expected a number`, quote(text));
}

const mostCorners = 20_000;

/** `lat,lon lat,lon …`: at least four positions, the last equal to the first. Returned as [lon, lat]. */
export function polygonOf(path: string, text: string): LonLat[] {
  const corners = text
    .split(/\s+/)
    .filter((part) => part !== '')
    .map((part) => positionOf(path, part));
  if (corners.length < 4 || corners.length > mostCorners)
    refuse(`${path}: expected 4 to ${mostCorners} positions "lat,lon"`, `${corners.length}`);
  const [first, last] = [corners[0], corners.at(-1)];
  if (first === undefined || last === undefined || first[0] !== last[0] || first[1] !== last[1])
    refuse(
      `${path}: expected a closed ring, its last position equal to its first`,
      `${first?.toReversed().join(',')} and ${last?.toReversed().join(',')}`,
    );
  return corners;
}

/** `lat,lon radius`, the radius in kilometres. */
export function circleOf(path: string, text: string): CapCircle {
  const [position = '', radius = '', ...more] = text.split(/\s+/);
  const radiusKm = Number(radius);
  if (radius === '' || more.length > 0 || !(radiusKm >= 0 && radiusKm <= 20_000))
    refuse(`${path}: expected "lat,lon radius" with a radius of 0 to 20000 km`, quote(text));
  return { centre: positionOf(path, position), radiusKm };
}

function positionOf(path: string, text: string): LonLat {
  const match = /^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)$/.exec(text);
  const [lat, lon] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || Math.abs(lat) > 90 || Math.abs(lon) > 180)
    refuse(`${path}: expected a position "lat,lon" in degrees, latitude −90 to 90, longitude −180 to 180`, quote(text));
  return [lon, lat];
}
