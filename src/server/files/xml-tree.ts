/** Bytes of an XML document → a small tree. Nothing is fetched, nothing is expanded, nothing large is kept. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { AppError } from '#kit/errors.ts';

/** Largest document taken in, in bytes. */
export const largestDocument = 1024 * 1024;

/** An element: local name, namespace by its prefix, text (trimmed), children of any name. */
export interface XmlNode {
  name: string;
  prefix: string;
  attributes: Readonly<Record<string, string>>;
  text: string;
  children: readonly XmlNode[];
}

type Raw = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  cdataPropName: '#cdata',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: false,
});

/** @throws AppError bad_input saying what was expected and found */
export function refuse(expected: string, found: string): never {
  throw new AppError('bad_input', `${expected}, found ${found}.`, { expected, found });
}

/** Shortens what was found for a message. */
export function quote(text: string): string {
  return `"${text.length > 80 ? `${text.slice(0, 80)}…` : text}"`;
}

/**
 * Reads a whole document of at most 1 MiB into its root element. UTF-8 unless the declaration or a byte-order mark says
 * otherwise. A DOCTYPE is refused, so there are no entities but the five of XML and numbers.
 * @throws AppError bad_input, upload_too_large
 */
export function readXml(bytes: Uint8Array): XmlNode {
  if (bytes.length > largestDocument)
    throw new AppError(
      'upload_too_large',
      `Expected at most ${largestDocument} bytes, found ${bytes.length}. Send one message per document.`,
    );
  const text = decode(bytes);
  if (/<!\s*(DOCTYPE|ENTITY)/i.test(text)) refuse('Expected XML without a DOCTYPE', 'one; remove it and send again');
  const verdict = XMLValidator.validate(text, { allowBooleanAttributes: false });
  if (verdict !== true)
    refuse(
      'Expected well-formed XML',
      `a fault in line ${verdict.err.line}: ${verdict.err.msg.replace(/\.$/, '').slice(0, 120)}`,
    );
  let nodes: Raw[];
  try {
    nodes = parser.parse(text) as Raw[];
  } catch (error) {
    return refuse('Expected well-formed XML', error instanceof Error ? error.message.slice(0, 120) : 'a fault');
  }
  const root = nodes.map(toNode).find((node): node is XmlNode => node !== undefined);
  return root ?? refuse('Expected an XML element', 'none');
}

/** The text of a document by its byte-order mark or declaration. @throws AppError bad_input */
export function decode(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^[^<]{0,3}<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff;
  const label = marked === false ? declared : marked === true ? 'utf-16be' : marked;
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return refuse(`Expected text in the encoding ${quote(label)}`, 'bytes that are none, or an unknown encoding');
  }
}

function toNode(raw: Raw): XmlNode | undefined {
  const tag = Object.keys(raw).find((key) => key !== ':@');
  if (tag === undefined || tag.startsWith('?') || tag.startsWith('#')) return undefined;
  const inner = (raw[tag] ?? []) as Raw[];
  const colon = tag.indexOf(':');
  const attributes = Object.entries((raw[':@'] ?? {}) as Record<string, string>);
  return {
    name: tag.slice(colon + 1),
    prefix: tag.slice(0, Math.max(0, colon)),
    attributes: Object.fromEntries(attributes.map(([name, value]) => [name, decodeEntities(value)])),
    text: inner.map(textOf).join('').trim(),
    children: inner.map(toNode).filter((node): node is XmlNode => node !== undefined),
  };
}

function textOf(raw: Raw): string {
  if (typeof raw['#text'] === 'string') return decodeEntities(raw['#text']);
  const cdata = raw['#cdata'];
  return Array.isArray(cdata)
    ? cdata.map((one: Raw) => checked(typeof one['#text'] === 'string' ? one['#text'] : '')).join('')
    : '';
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  return checked(
    text.replace(/&([^;&\s]{0,12});?/g, (whole, name: string) => {
      const known = named[name];
      if (known !== undefined && whole.endsWith(';')) return known;
      const digits = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
      const code = digits === null ? NaN : digits[1] === undefined ? Number(digits[2]) : parseInt(digits[1], 16);
      if (!whole.endsWith(';') || !(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff))
        return refuse('Expected one of &amp; &lt; &gt; &quot; &apos; or a character number', quote(whole));
      return String.fromCodePoint(code);
    }),
  );
}

/** XML allows no control characters but tab and line ends; the database would refuse U+0000. */
function checked(text: string): string {
  const bad = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.exec(text);
  if (bad === null) return text;
  return refuse(
    'Expected characters that XML allows',
    `U+${(bad[0].codePointAt(0) ?? 0).toString(16).padStart(4, '0').toUpperCase()}`,
  );
}
