/** A message for tests, with parts replaced. */
export const national = '51010400000000_20260615080000_0';

export interface Wording {
  head?: Record<string, string | null>;
  info?: Record<string, string | null>;
  area?: string;
}

/** A well-formed CAP message; null leaves an element out. */
export function capXml({ head = {}, info = {}, area = '' }: Wording = {}): string {
  const elements = (values: Record<string, string | null>): string =>
    Object.entries(values).map(([name, value]) => (value === null ? '' : `<${name}>${value}</${name}>`)).join('\n'); // prettier-ignore
  const infoText = elements({
    language: 'zh-CN',
    category: 'Met',
    event: '暴雨',
    urgency: 'Expected',
    severity: 'Severe',
    certainty: 'Likely',
    effective: '2026-06-15T08:00:00+08:00',
    expires: '2026-06-15T20:00:00+08:00',
    headline: '暴雨橙色预警',
    ...info,
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
${elements({
  identifier: national,
  sender: 'weather@example.org',
  sent: '2026-06-15T08:00:00+08:00',
  status: 'Actual',
  msgType: 'Alert',
  scope: 'Public',
  ...head,
})}
<info>
${infoText}
${area === '' ? '' : `<area><areaDesc>样区</areaDesc>${area}</area>`}
</info>
</alert>`;
}

export const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
