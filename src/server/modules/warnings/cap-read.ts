/** Reads CAP 1.2 (and 1.1, its subset). docs/warnings.md lists what is asked of a message. */
import {
  capCategories,
  capCertainties,
  capMessageTypes,
  capResponses,
  capScopes,
  capSeverities,
  capStatuses,
  capUrgencies,
} from '#contract/warnings-words.ts';
import type { CapAlert, CapArea, CapInfo, CapResource } from './cap.ts';
import {
  circleOf,
  fieldsOf,
  nameOf,
  numberOf,
  pairsOf,
  polygonOf,
  referencesOf,
  timeOf,
  wordOf,
  type Fields,
} from './cap-fields.ts';
import { severityOf } from './rules-colour.ts';
import { quote, readXml, refuse, type XmlNode } from '#server/files/xml-tree.ts';

const namespaces = ['urn:oasis:names:tc:emergency:cap:1.2', 'urn:oasis:names:tc:emergency:cap:1.1', ''];

/**
 * Reads one message from the bytes of a document.
 * @throws AppError bad_input naming element, expected and found; upload_too_large above 1 MiB
 */
export function readCap(bytes: Uint8Array): CapAlert {
  return readAlert(readXml(bytes));
}

/** Reads a message from its root element, such as one inside an Atom entry. */
export function readAlert(root: XmlNode): CapAlert {
  if (root.name !== 'alert') refuse('Expected the root element alert', quote(root.name));
  const namespace = root.attributes[root.prefix === '' ? 'xmlns' : `xmlns:${root.prefix}`] ?? '';
  if (!namespaces.includes(namespace)) refuse(`alert: expected the namespace ${namespaces[0]}`, quote(namespace));
  const fields = fieldsOf(root, 'alert');
  const identifier = nameOf(fields, 'identifier');
  const sender = nameOf(fields, 'sender');
  const sent = timeOf(fields, 'sent') ?? refuse('alert.sent: expected the element with a value', 'none');
  const scope = wordOf('alert.scope', fields.required('scope'), capScopes);
  return {
    identifier,
    sender,
    sent,
    status: wordOf('alert.status', fields.required('status'), capStatuses),
    msgType: wordOf('alert.msgType', fields.required('msgType'), capMessageTypes),
    scope,
    ...given(fields, ['source', 'note', 'incidents']),
    ...whoMayRead(fields, scope),
    code: fields.all('code').map(({ text }) => text),
    references: referencesOf(fields),
    info: fields.all('info').map((node, k) => infoOf(fieldsOf(node, `alert.info[${k}]`))),
  };
}

function whoMayRead(fields: Fields, scope: CapAlert['scope']): Partial<CapAlert> {
  const found = given(fields, ['restriction', 'addresses']);
  if (scope === 'Restricted' && found['restriction'] === undefined)
    refuse('alert.restriction: expected it for the scope Restricted', 'none');
  if (scope === 'Private' && found['addresses'] === undefined)
    refuse('alert.addresses: expected them for the scope Private', 'none');
  return found;
}

/** Optional texts that are there. */
function given<N extends string>(fields: Fields, names: readonly N[]): Partial<Record<N, string>> {
  const found = names.map((name) => [name, fields.optional(name)] as const);
  return Object.fromEntries(found.filter(([, text]) => text !== undefined)) as Partial<Record<N, string>>;
}

const infoTexts = ['audience', 'senderName', 'headline', 'description', 'instruction', 'web', 'contact'] as const;

function infoOf(fields: Fields): CapInfo {
  const { path } = fields;
  const category = fields.all('category').map(({ text }) => wordOf(`${path}.category`, text, capCategories));
  if (category.length === 0) refuse(`${path}.category: expected the element with a value`, 'none');
  const certainty = fields.required('certainty');
  return {
    language: fields.optional('language', 40) ?? 'en-US', // the standard's own default
    category,
    event: fields.required('event', 200),
    responseType: fields.all('responseType').map(({ text }) => wordOf(`${path}.responseType`, text, capResponses)),
    urgency: wordOf(`${path}.urgency`, fields.required('urgency'), capUrgencies),
    severity: wordOf(`${path}.severity`, severityOf(fields.required('severity')), capSeverities),
    // "Very Likely" is CAP 1.0; the standard asks to take it for Likely.
    certainty: wordOf(`${path}.certainty`, certainty === 'Very Likely' ? 'Likely' : certainty, capCertainties),
    ...given(fields, infoTexts),
    ...times(fields),
    eventCode: pairsOf(fields, 'eventCode'),
    parameter: pairsOf(fields, 'parameter'),
    resource: fields.all('resource').map((node, k) => resourceOf(fieldsOf(node, `${path}.resource[${k}]`))),
    area: fields.all('area').map((node, k) => areaOf(fieldsOf(node, `${path}.area[${k}]`))),
  };
}

function times(fields: Fields): Pick<CapInfo, 'effective' | 'onset' | 'expires'> {
  const found = (['effective', 'onset', 'expires'] as const).map((name) => [name, timeOf(fields, name)] as const);
  return Object.fromEntries(found.filter(([, time]) => time !== undefined));
}

function resourceOf(fields: Fields): CapResource {
  const size = numberOf(fields, 'size');
  return {
    resourceDesc: fields.required('resourceDesc'),
    mimeType: fields.optional('mimeType') ?? 'application/octet-stream', // optional in 1.1
    ...(size === undefined ? {} : { size }),
    ...given(fields, ['uri', 'digest']),
  };
}

function areaOf(fields: Fields): CapArea {
  const { path } = fields;
  const [altitude, ceiling] = [numberOf(fields, 'altitude'), numberOf(fields, 'ceiling')];
  if (ceiling !== undefined && altitude === undefined)
    refuse(`${path}.ceiling: expected it only beside altitude`, 'it alone');
  return {
    areaDesc: fields.required('areaDesc'),
    polygons: filled(fields, 'polygon').map((text) => polygonOf(`${path}.polygon`, text)),
    circles: filled(fields, 'circle').map((text) => circleOf(`${path}.circle`, text)),
    geocodes: pairsOf(fields, 'geocode'),
    ...(altitude === undefined ? {} : { altitude }),
    ...(ceiling === undefined ? {} : { ceiling }),
  };
}

/** Many senders leave an empty element where they have no shape. */
function filled(fields: Fields, name: string): string[] {
  return fields
    .all(name)
    .map(({ text }) => text)
    .filter((text) => text !== '');
}
