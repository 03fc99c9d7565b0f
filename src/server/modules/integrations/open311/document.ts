import { XMLBuilder } from 'fast-xml-parser';

/** What JSON can say of an Open311 answer; null stands for an empty element. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/** One answer in both languages: in JSON the value alone, in XML under its root. */
export interface Document {
  root: string;
  /** Namespace of the root, where the standard names one. */
  namespace?: string;
  value: Value;
}

/** What an element of each list is called: the plural is the container, so a list of one stays a list (Spark convention). */
export const itemNames: Readonly<Record<string, string>> = {
  services: 'service',
  service_requests: 'request',
  service_requests_updates: 'request_update',
  service_request_updates: 'request_update',
  attributes: 'attribute',
  values: 'value',
  endpoints: 'endpoint',
  formats: 'format',
  errors: 'error',
};

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const builder = new XMLBuilder({ attributeNamePrefix: '@', ignoreAttributes: false, suppressEmptyNode: false });

export function toJson(document: Document): string {
  return JSON.stringify(document.value);
}

/**
 * The same answer as XML: lists become a container of equal children, null an empty element. Characters that XML 1.0
 * cannot hold at all, even escaped, are left out.
 * @throws Error for a list whose items have no name in `itemNames`
 */
export function toXml({ root, namespace, value }: Document): string {
  const body = toElements(root, value);
  const attributes = namespace === undefined ? {} : { '@xmlns': namespace };
  return declaration + String(builder.build({ [root]: typeof body === 'object' ? { ...attributes, ...body } : body }));
}

function toElements(name: string, value: Value): string | Record<string, unknown> {
  if (value === null) return '';
  if (Array.isArray(value)) {
    const item = itemNames[name];
    if (item === undefined) throw new Error(`Expected a name for the items of "${name}" in itemNames.`);
    return value.length === 0 ? '' : { [item]: value.map((one) => toElements(item, one)) };
  }
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toElements(key, one)]));
  return typeof value === 'string' ? withoutForbidden(value) : String(value);
}

/** XML 1.0, production 2 (Char): no control characters but tab, line feed and return, no lone surrogates, no U+FFFE, U+FFFF. */
function withoutForbidden(text: string): string {
  return text.replace(/[^\u{9}\u{a}\u{d}\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '');
}
