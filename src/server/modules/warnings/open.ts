/** What everybody may read of our own warnings: single documents and an Atom feed of them. */
import { createHash } from 'node:crypto';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import { escapeXml } from './cap-write.ts';
import type { WarningsParts } from './parts.ts';
import { findContent, findWarning, listIssued, type StoredWarning } from './store.ts';

export interface OpenDocument {
  type: string;
  etag: string;
  body: string;
}

const feedLength = 100;

/** The document at `<id>.xml`, exactly as it was kept. @throws AppError not_found */
export async function openWarning(parts: WarningsParts, file: string): Promise<OpenDocument> {
  const id = file.endsWith('.xml') ? file.slice(0, -4) : '';
  const found = isUuid(id)
    ? await parts.database.read(systemScope, async (tx) => {
        const row = await findWarning(tx, id);
        return row !== undefined && isOpen(row) ? findContent(tx, id) : undefined;
      })
    : undefined;
  if (found === undefined) throw new AppError('not_found', 'There is no such warning, or it is not public.');
  return documentOf('application/cap+xml; charset=utf-8', found.raw.toString('utf8'));
}

function isOpen({ origin, scope, status }: StoredWarning): boolean {
  return origin === 'issued' && scope === 'Public' && status !== 'Draft';
}

/** The newest hundred messages of ours, newest first, as Atom (RFC 4287). */
export async function openFeed(parts: WarningsParts): Promise<OpenDocument> {
  const rows = await parts.database.read(systemScope, (tx) => listIssued(tx, feedLength));
  const self = new URL('/api/public/warnings.atom', parts.publicUrl).href;
  const city = parts.territory.maps().childrenOf.get('')?.[0]?.name ?? '';
  const changed = Math.max(0, ...rows.map(({ sent }) => sent.getTime()));
  const body = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
    `  <id>${escapeXml(self)}</id>`,
    `  <title>${escapeXml(`${city} 预警信息`.trim())}</title>`,
    `  <updated>${new Date(changed).toISOString()}</updated>`,
    `  <author><name>${escapeXml(parts.publicUrl.hostname)}</name></author>`,
    `  <link rel="self" type="application/atom+xml" href="${escapeXml(self)}"/>`,
    ...rows.map((row) => entryOf(parts, row)),
    '</feed>',
    '',
  ].join('\n');
  return documentOf('application/atom+xml; charset=utf-8', body);
}

function entryOf(parts: WarningsParts, row: StoredWarning): string {
  const href = new URL(`/api/public/warnings/${row.id}.xml`, parts.publicUrl).href;
  const areas = row.areas.map((code) => parts.territory.area(code)?.name ?? code).join('、');
  return [
    '  <entry>',
    `    <id>urn:uuid:${row.id}</id>`,
    `    <title>${escapeXml(row.headline)}</title>`,
    `    <updated>${row.sent.toISOString()}</updated>`,
    `    <link rel="alternate" type="application/cap+xml" href="${escapeXml(href)}"/>`,
    `    <category term="${row.status}"/><category term="${row.msgType}"/>`,
    `    <summary>${escapeXml(areas)}</summary>`,
    '  </entry>',
  ].join('\n');
}

function documentOf(type: string, body: string): OpenDocument {
  return { type, body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}
