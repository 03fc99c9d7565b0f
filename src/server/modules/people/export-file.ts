import type { Blob } from 'node:buffer';
import type Stream from 'node:stream';
import writeExcelFile, { type Feature, type SheetData } from 'write-excel-file/node';
import type { CareFileField } from '#contract/care-words.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import type { FileRow, StoredExport } from './export-store.ts';
import { openField, type SealedField } from './sealing.ts';
import { careTags } from './tags.ts';

/** What a file says of itself. */
export interface CareFile {
  row: Pick<StoredExport, 'number' | 'fields' | 'askedName' | 'askedUnit' | 'decidedName' | 'areaCode'>;
  purpose: string;
  atMs: number;
}

interface Parts {
  vault: Vault;
  territory: LiveTerritory;
}

const heads: Record<CareFileField, { words: string; width: number }> = {
  name: { words: '姓名', width: 10 },
  phone: { words: '电话', width: 15 },
  idNumber: { words: '身份证号', width: 21 },
  address: { words: '地址', width: 28 },
  addressDetail: { words: '门牌', width: 14 },
  contact: { words: '紧急联系人', width: 24 },
  tags: { words: '类别', width: 24 },
  area: { words: '网格', width: 20 },
  responsible: { words: '责任人', width: 10 },
};

const stamp = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/**
 * One sheet: who took it, when, what for and under which number stand above the rows, on every printed page, and beside
 * each row. Every cell is text, so that nothing in it is ever taken for a formula. Kept nowhere.
 */
export function makeCareFile(parts: Parts, file: CareFile, rows: readonly FileRow[]): Promise<Buffer> {
  const { row, purpose, atMs } = file;
  const by = [row.askedUnit, row.askedName].filter((word) => word !== null && word !== '').join(' ');
  const mark = `${row.number}　取用：${by}　${stamp.format(atMs)}`;
  const bold = (text: string) => ({ value: text, type: String, fontWeight: 'bold' as const, wrap: true });
  const wide = row.fields.length + 2;
  const across = (text: string) => [
    { ...bold(text), columnSpan: wide },
    ...Array.from({ length: wide - 1 }, () => null),
  ];
  const data: SheetData = [
    across(`重点关爱人员名册　${mark}`),
    across(`用途：${purpose}　批准：${row.decidedName ?? ''}　仅限此用途，不得转发；用毕删除。`),
    [bold('序号'), ...row.fields.map((field) => bold(heads[field].words)), bold('导出编号')],
    ...rows.map((person, k) => [
      { value: String(k + 1), type: String },
      ...row.fields.map((field) => ({ value: cellOf(parts, person, field), type: String })),
      { value: row.number, type: String },
    ]),
  ];
  const widths = [{ width: 6 }, ...row.fields.map((field) => ({ width: heads[field].width })), { width: 17 }];
  const sheet = { sheet: row.number, columns: widths, orientation: 'landscape' as const, stickyRowsCount: 3 };
  return writeExcelFile(data, sheet, { features: [onEveryPage(`${mark}　用途：${purpose}`)] }).toBuffer();
}

function cellOf({ vault, territory }: Parts, person: FileRow, field: CareFileField): string {
  const open = (column: SealedField) => openField(vault, person, column) ?? '';
  const cells: Record<CareFileField, () => string> = {
    name: () => open('name'),
    phone: () => open('phone'),
    idNumber: () => open('idNumber'),
    address: () => person.address,
    addressDetail: () => open('addressDetail'),
    contact: () => open('contact'),
    tags: () => person.tags.map((tag) => careTags().get(tag)?.name ?? tag).join('、'),
    area: () => territory.area(person.areaCode)?.name ?? person.areaCode,
    responsible: () => person.responsibleName ?? '',
  };
  return cells[field]();
}

/** Header and footer of the printed page; '&' begins a code there, so it is doubled. Order in the sheet: after the margins. */
function onEveryPage(mark: string): Feature<Stream | Buffer | Blob> {
  const plain = [...mark].slice(0, 200).join('').replaceAll('&', '&&');
  const words = plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const xml = `<headerFooter><oddHeader>&amp;C${words}</oddHeader><oddFooter>&amp;C${words}&amp;R&amp;P / &amp;N</oddFooter></headerFooter>`;
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (content) => placeAfter(content, xml),
        },
      },
    },
  };
}

/** The schema fixes the order of a sheet's children: headerFooter follows pageSetup, else pageMargins, else merged cells or data. */
function placeAfter(content: string, xml: string): string {
  for (const end of [/<pageSetup\b[^>]*\/>/, /<pageMargins\b[^>]*\/>/, /<\/mergeCells>/, /<\/sheetData>/]) {
    const found = end.exec(content);
    if (found !== null) {
      const at = found.index + found[0].length;
      return content.slice(0, at) + xml + content.slice(at);
    }
  }
  throw new Error('The sheet has no data to put a header beside.');
}
