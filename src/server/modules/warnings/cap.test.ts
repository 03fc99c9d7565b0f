import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { isAppError } from '#kit/errors.ts';
import { bytes, capXml, national, type Wording } from './cap.fixture.ts';
import { readCap } from './cap-read.ts';
import { readIdentifier, writeIdentifier, writeTime } from './cap-time.ts';
import { writeCap } from './cap-write.ts';
import type { CapAlert } from './cap.ts';

function sentence(document: string | Uint8Array): string {
  try {
    readCap(typeof document === 'string' ? bytes(document) : document);
  } catch (error) {
    if (isAppError(error)) return error.message;
    throw error;
  }
  return 'nothing was refused';
}

describe('reading a message', () => {
  it('reads every element', () => {
    const alert = readCap(
      bytes(
        capXml({
          head: {
            references: 'a@b.org,1,2026-06-15T07:00:00+08:00 a@b.org,2,2026-06-15 07:30:00+08:00',
            note: 'x &lt; y &#20013;',
          },
          info: {
            eventCode: '<valueName>GB/T 35965.1</valueName><value>11B03</value>',
            description: '<![CDATA[a < b & c]]>',
          },
          area: '<polygon>30,104 30,104.01 30.01,104.01 30,104</polygon><circle>30,104 1.5</circle><geocode><valueName>GB/T 2260</valueName><value>510104</value></geocode>',
        }),
      ),
    );
    expect(alert).toMatchObject({
      identifier: national,
      sent: '2026-06-15T00:00:00.000Z',
      note: 'x < y 中',
      references: [
        { sender: 'a@b.org', identifier: '1', sent: '2026-06-14T23:00:00.000Z' },
        { sender: 'a@b.org', identifier: '2', sent: '2026-06-14T23:30:00.000Z' },
      ],
    });
    expect(alert.info[0]).toMatchObject({
      severity: 'Severe',
      description: 'a < b & c',
      eventCode: [{ valueName: 'GB/T 35965.1', value: '11B03' }],
    });
    expect(alert.info[0]?.area[0]).toMatchObject({
      polygons: [[[104, 30], [104.01, 30], [104.01, 30.01], [104, 30]]], // prettier-ignore
      circles: [{ centre: [104, 30], radiusKm: 1.5 }],
      geocodes: [{ valueName: 'GB/T 2260', value: '510104' }],
    });
  });
  it('takes namespace prefixes, CAP 1.1, the national time and the national severity', () => {
    const prefixed = capXml({ head: { sent: '2026-06-15 08:00:00+08:00' }, info: { severity: 'Red' } })
      .replaceAll(/<(\/?)(?=[a-z])/gi, '<$1cap:')
      .replace('xmlns=', 'xmlns:cap=')
      .replace('cap:1.2', 'cap:1.1');
    expect(readCap(bytes(prefixed))).toMatchObject({
      sent: '2026-06-15T00:00:00.000Z',
      info: [{ severity: 'Extreme' }],
    });
  });
  it('takes empty optional elements for absent ones, and ignores what stands in other namespaces', () => {
    const text = capXml({ head: { restriction: '', addresses: ' ' } }).replace(
      '<info>',
      '<ds:Signature xmlns:ds="x"><ds:scope>y</ds:scope></ds:Signature><info>',
    );
    expect(readCap(bytes(text))).not.toHaveProperty('restriction');
  });

  const refusals: [string, Wording, string][] = [
    ['no identifier', { head: { identifier: null } }, 'alert.identifier: expected the element with a value, found none.'],
    ['an identifier with a space', { head: { identifier: 'a b' } }, 'alert.identifier: expected no space, comma, < or &, found "a b".'],
    ['no scope', { head: { scope: null } }, 'alert.scope: expected the element with a value, found none.'],
    ['an unknown status', { head: { status: 'Real' } }, 'alert.status: expected one of Actual, Exercise, System, Test, Draft, found "Real".'],
    ['an unknown type', { head: { msgType: 'alert' } }, 'alert.msgType: expected one of Alert, Update, Cancel, Ack, Error, found "alert".'],
    ['UTC as Z', { head: { sent: '2026-06-15T08:00:00Z' } }, 'alert.sent: expected a time with offset like 2026-06-15T08:30:00+08:00, found "2026-06-15T08:00:00Z".'],
    ['no offset', { head: { sent: '2026-06-15T08:00:00' } }, 'alert.sent: expected a time with offset like 2026-06-15T08:30:00+08:00, found "2026-06-15T08:00:00".'],
    ['31 June', { head: { sent: '2026-06-31T08:00:00+08:00' } }, 'alert.sent: expected a time with offset like 2026-06-15T08:30:00+08:00, found "2026-06-31T08:00:00+08:00".'],
    ['a restricted message for nobody', { head: { scope: 'Restricted' } }, 'alert.restriction: expected it for the scope Restricted, found none.'],
    ['a private message to nobody', { head: { scope: 'Private' } }, 'alert.addresses: expected them for the scope Private, found none.'],
    ['half a reference', { head: { references: 'a@b.org,1' } }, 'alert.references: expected sender,identifier,sent parted by spaces, found "a@b.org,1".'],
    ['no category', { info: { category: null } }, 'alert.info[0].category: expected the element with a value, found none.'],
    ['no event', { info: { event: null } }, 'alert.info[0].event: expected the element with a value, found none.'],
    ['an unknown urgency', { info: { urgency: 'Soon' } }, 'alert.info[0].urgency: expected one of Immediate, Expected, Future, Past, Unknown, found "Soon".'],
    ['an unknown severity', { info: { severity: 'Bad' } }, 'alert.info[0].severity: expected one of Extreme, Severe, Moderate, Minor, Unknown, found "Bad".'],
    ['no certainty', { info: { certainty: null } }, 'alert.info[0].certainty: expected the element with a value, found none.'],
    ['a triangle of three positions', { area: '<polygon>30,104 30,105 30,104</polygon>' }, 'alert.info[0].area[0].polygon: expected 4 to 20000 positions "lat,lon", found 3.'],
    ['an open polygon', { area: '<polygon>30,104 30,105 31,105 31,104</polygon>' }, 'alert.info[0].area[0].polygon: expected a closed ring, its last position equal to its first, found 30,104 and 31,104.'],
    ['longitude first', { area: '<polygon>104,30 104,31 105,31 104,30</polygon>' }, 'alert.info[0].area[0].polygon: expected a position "lat,lon" in degrees, latitude −90 to 90, longitude −180 to 180, found "104,30".'],
    ['a circle without radius', { area: '<circle>30,104</circle>' }, 'alert.info[0].area[0].circle: expected "lat,lon radius" with a radius of 0 to 20000 km, found "30,104".'],
    ['a ceiling without altitude', { area: '<ceiling>100</ceiling>' }, 'alert.info[0].area[0].ceiling: expected it only beside altitude, found it alone.'],
    ['an altitude in words', { area: '<altitude>high</altitude>' }, 'alert.info[0].area[0].altitude: expected a number, found "high".'],
  ]; // prettier-ignore
  it.each(refusals)('refuses %s', (_, wording, expected) => {
    expect(sentence(capXml(wording))).toBe(expected);
  });

  it.each([
    ['an element twice', capXml().replace('<scope>', '<scope>Public</scope><scope>'), 'alert.scope: expected it once, found 2 times.'],
    ['another root', '<feed/>', 'Expected the root element alert, found "feed".'],
    ['another namespace', capXml().replace('cap:1.2', 'cap:9'), 'alert: expected the namespace urn:oasis:names:tc:emergency:cap:1.2, found "urn:oasis:names:tc:emergency:cap:9".'],
    ['a DOCTYPE', `<!DOCTYPE a [<!ENTITY x "y">]>${capXml()}`, 'Expected XML without a DOCTYPE, found one; remove it and send again.'],
    ['an unknown entity', capXml({ head: { note: '&x;' } }), 'Expected one of &amp; &lt; &gt; &quot; &apos; or a character number, found "&x;".'],
    ['a character that cannot be', capXml({ head: { note: '&#0;' } }), 'Expected characters that XML allows, found U+0000.'],
    ['bytes that are no text', Buffer.from([0x3c, 0xff, 0x3e]), 'Expected text in the encoding "utf-8", found bytes that are none, or an unknown encoding.'],
    ['too much', Buffer.alloc(1024 * 1024 + 1, 32), 'Expected at most 1048576 bytes, found 1048577. Send one message per document.'],
  ] as const)('refuses %s', (_, document, expected) => {
    expect(sentence(document)).toBe(expected);
  }); // prettier-ignore

  it('refuses what is not well-formed, and endless depth, without falling over', () => {
    expect(sentence('<alert><a></alert>')).toMatch(/^Expected well-formed XML, found a fault in line 1/);
    expect(sentence('')).not.toBe('nothing was refused');
    expect(sentence('<a>'.repeat(200_000) + '</a>'.repeat(100_000))).toMatch(/^Expected/);
    expect(sentence('<a>'.repeat(100_000) + '</a>'.repeat(100_000))).toMatch(/^Expected/);
  });
});

describe('writing a message', () => {
  const order = ['identifier', 'sender', 'sent', 'status', 'msgType', 'source', 'scope', 'restriction', 'addresses', 'code', 'note', 'references', 'incidents', 'info']; // prettier-ignore
  const infoOrder = ['language', 'category', 'event', 'responseType', 'urgency', 'severity', 'certainty', 'audience', 'eventCode', 'effective', 'onset', 'expires', 'senderName', 'headline', 'description', 'instruction', 'web', 'contact', 'parameter', 'resource', 'area']; // prettier-ignore
  const whole: CapAlert = {
    ...readCap(bytes(capXml({ head: { references: 'a@b.org,1,2026-06-15T07:00:00+08:00', note: 'a &amp; b &lt; "c"' }, area: '<polygon>30,104 30,105 31,105 30,104</polygon><circle>30,104 2</circle><geocode><valueName>GB/T 2260</valueName><value>510104</value></geocode><altitude>1</altitude><ceiling>2</ceiling>' }))),
    source: 's',
    code: ['c1', 'c2'],
    incidents: 'i',
  }; // prettier-ignore

  it('says again what was read', () => {
    expect(readCap(bytes(writeCap(whole)))).toEqual(whole);
  });
  it('keeps the order of the schema', () => {
    const text = writeCap(whole);
    const namesAt = (indent: string): string[] => [...text.matchAll(new RegExp(`^${indent}<([A-Za-z]+)>`, 'gm'))].map((match) => match[1] ?? ''); // prettier-ignore
    expect([...new Set(namesAt('  '))]).toEqual(order.filter((name) => namesAt('  ').includes(name)));
    expect([...new Set(namesAt('    '))]).toEqual(infoOrder.filter((name) => namesAt('    ').includes(name)));
    expect([...new Set(namesAt('      '))]).toEqual([
      'areaDesc',
      'polygon',
      'circle',
      'geocode',
      'altitude',
      'ceiling',
    ]);
    expect(text).toContain('<sent>2026-06-15T08:00:00+08:00</sent>');
    expect(text).toContain('<note>a &amp; b &lt; &quot;c&quot;</note>');
  });
});

describe('the national identifier', () => {
  it('is read and written', () => {
    const parts = readIdentifier('50010341600000_20240806101500_3');
    expect(parts).toMatchObject({ division: '500103', trade: '416', unit: '000', part: '00', serial: 3 });
    expect(writeTime(parts?.enteredMs ?? 0)).toBe('2024-08-06T10:15:00+08:00');
    expect(parts && writeIdentifier(parts)).toBe('50010341600000_20240806101500_3');
    expect('50010341600000_20240806101500_3').toHaveLength(31);
  });
  it.each(['2.49.0.1.124.6bddbc91.2012', '50010341600000_20241306101500_3', '50010341600000_20240806101500_33', ''])(
    '%s is only a name',
    (text) => {
      expect(readIdentifier(text)).toBeUndefined();
    },
  );
});

const samples = process.env['CAP_SAMPLES'] ?? '';
const there = samples !== '' && existsSync(samples);
if (!there) process.stderr.write('Skipped: reading messages of other issuers, set CAP_SAMPLES to a folder of them.\n');
test.skipIf(!there).each([
  ['canada.cap', 'cap@ec.gc.ca'],
  ['earthquake-iso8859-1.cap', 'http://earthquake.usgs.gov/research/monitoring/anss/neic/'],
  ['no_optional_fields.cap', 'http://earthquake.usgs.gov/research/monitoring/anss/neic/'],
  ['weather.cap', 'w-nws.webmaster@noaa.gov'],
])('a message of another issuer: %s', (name, sender) => {
  const alert = readCap(readFileSync(`${samples}/${name}`));
  expect(alert.sender).toBe(sender);
  expect(readCap(bytes(writeCap(alert)))).toEqual(alert);
  if (name.startsWith('earthquake')) expect(alert.info[0]?.headline).toContain('Usulután');
});
test.skipIf(!there)('a message of another issuer that is invalid', () => {
  expect(sentence(readFileSync(`${samples}/invalid.cap`))).toBe(
    'alert.scope: expected the element with a value, found none.',
  );
});
