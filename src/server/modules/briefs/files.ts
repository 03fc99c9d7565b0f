/** A brief as Word, PDF and workbook: the same body that the page shows. */
import { createHash } from 'node:crypto';
import { dayOf } from '#kit/shanghai-days.ts';
import { reportDocx } from '#server/files/report-docx.ts';
import { reportPdf } from '#server/files/report-pdf.ts';
import type { Report, ReportSection } from '#server/files/report.ts';
import { reportXlsx } from '#server/files/report-xlsx.ts';
import { spanWords, type Part, type Section } from './layout-parts.ts';
import type { BriefFile, BriefRow, Remarks } from './store.ts';

const writers = { docx: reportDocx, pdf: reportPdf, xlsx: reportXlsx } as const;

/** '2026 年第 12 期' */
export function numberOf({ issueYear, issueNo }: Pick<BriefRow, 'issueYear' | 'issueNo'>): string | null {
  return issueNo === null || issueYear === null ? null : `${issueYear} 年第 ${issueNo} 期`;
}

export async function writeBrief(
  row: BriefRow,
  format: BriefFile['format'],
  more: { recipients: readonly string[]; nowMs: number },
): Promise<BriefFile> {
  const bytes = await writers[format](toReport(row, more));
  return { format, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Drafts say that they are drafts. */
export function toReport(
  row: BriefRow,
  { recipients, nowMs }: { recipients: readonly string[]; nowMs: number },
): Report {
  const { body, remarks, issuedAt } = row;
  const day = dayOf((issuedAt ?? new Date(nowMs)).getTime());
  const date = spanWords({ first: day, last: day });
  const number = numberOf(row);
  const tree =
    row.ledgerSize === null
      ? '计算时流水还没有签名树头。'
      : `流水树头：${row.ledgerSize} 行，根 ${row.ledgerRoot ?? ''}。持此可向平台索取证明，核对记录未被改动。`;
  return {
    title: body.title,
    subtitle: body.subtitle,
    masthead: { name: body.name, number: number === null ? '草　稿' : `（${number}）`, issuer: body.issuer, date },
    sections: body.sections.flatMap((one) => sectionsOf(one, remarks)),
    signature: [body.issuer, date],
    foot: [tree, ...(recipients.length === 0 ? [] : [`送：${recipients.join('，')}。`]), `${body.issuer}　${date}印发`],
    madeMs: (issuedAt ?? row.reckonedAt).getTime(),
  };
}

function sectionsOf({ key, parts, ...own }: Section, remarks: Remarks): ReportSection[] {
  const remark = remarks[key];
  const empty = own.text.length === 0 && own.table === null && parts.length === 0;
  const words = remarkLines(remark);
  const first = reportSection(own);
  const text = [...first.text, ...(key === 'advice' ? words : []), ...(empty && words.length === 0 ? ['（无）'] : [])];
  const below = parts.map((one): ReportSection => ({ ...reportSection(one), level: 2 }));
  const said: ReportSection[] =
    key === 'advice' || words.length === 0 ? [] : [{ heading: '点评', level: 2, text: words }];
  return [{ ...first, text }, ...below, ...said];
}

function reportSection({ heading, text, table, chart }: Part): ReportSection {
  return {
    heading,
    text,
    ...(table === null ? {} : { table: { heads: table.heads, rows: table.rows, ...(table.bar === null ? {} : { bar: table.bar }) } }), // prettier-ignore
    ...(chart === null ? {} : { chart }),
  };
}

function remarkLines(remark: Remarks[keyof Remarks]): string[] {
  if (remark === undefined || remark.text === '') return [];
  const mark = remark.machine ? ['（以上文字由写作助手起草，经人工核定。）'] : [];
  return [...remark.text.split('\n').filter((line) => line.trim() !== ''), ...mark];
}
