import type { WrittenFields, WrittenKind } from '#contract/incidents.ts';
import { dayWords, kindWords, levelWords, timeWords } from './words.ts';

/** A written report as a page: what docx and PDF both show. */
export interface ReportPage {
  title: string;
  /** （2026…号事件）续报一 */
  subtitle: string;
  /** Label and value, above the text. */
  head: readonly [label: string, value: string][];
  to: string;
  paragraphs: readonly { heading: string; text: string }[];
  /** Below, to the right. */
  signature: readonly string[];
}

export interface ReportFacts {
  kind: WrittenKind;
  ordinal: number;
  eventNumber: string;
  eventTitle: string;
  level: number;
  unitName: string;
  issuedMs: number;
  fields: WrittenFields;
}

/** Said of what is not known yet: 先报后补, a report never waits for completeness. */
const unknown = '正在核实，待续报。';
const headings: readonly [keyof WrittenFields, string][] = [
  ['nature', '事件性质'],
  ['cause', '事件起因'],
  ['process', '基本过程'],
  ['scope', '影响范围'],
  ['casualties', '人员伤亡和财产损失'],
  ['trend', '发展趋势'],
  ['measures', '已采取的措施'],
  ['leaders', '现场负责人和到场领导'],
  ['needs', '需要支持的事项和建议'],
];
/** Left out of a final report when empty: nothing more follows that could say it. */
const onlyWhile = new Set<keyof WrittenFields>(['trend', 'needs']);

/** Lays a report out in the field's form. */
export function layOut(facts: ReportFacts): ReportPage {
  const { fields, kind } = facts;
  const final = kind === 'final';
  return {
    title: '突发事件信息报告',
    subtitle: `（${facts.eventNumber}号事件）${kindWords(kind, facts.ordinal)}`,
    head: [
      ['报送单位', facts.unitName],
      ['报送时间', timeWords(facts.issuedMs)],
      ['事件名称', facts.eventTitle],
      ['事件等级', levelWords[facts.level] ?? String(facts.level)],
      ['信息来源', fields.source],
      ['接报时间', timeWords(Date.parse(fields.receivedAt))],
      ['发生时间', fields.happenedAt === null ? '正在核实' : timeWords(Date.parse(fields.happenedAt))],
      ['发生地点', fields.place],
      ['签发人', fields.signedBy === '' ? '（待签）' : fields.signedBy],
      ['联系人和电话', fields.contact === '' ? '（未填）' : fields.contact],
    ],
    to: `${fields.to}：`,
    paragraphs: headings.flatMap(([key, heading]) => {
      const text = String(fields[key] ?? '');
      if (text === '' && final && onlyWhile.has(key)) return [];
      return [{ heading, text: text === '' ? (final ? '无。' : unknown) : text }];
    }),
    signature: [facts.unitName, dayWords(facts.issuedMs)],
  };
}
