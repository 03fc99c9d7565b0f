/** A report as data: what it says, before it is a Word document, a PDF or a workbook. */

export interface ReportTable {
  heads: readonly string[];
  rows: readonly (readonly (string | number)[])[];
  /** Column whose numbers are also drawn as bars. */
  bar?: number;
}

/** One column for each value, in the order of time. */
export interface ReportChart {
  /** What is drawn, and from when to when. */
  words: string;
  /** Below each column; as many as values. */
  labels: readonly string[];
  values: readonly number[];
}

export interface ReportSection {
  heading: string;
  /** 2: a part of the section before, with a smaller heading. */
  level?: 1 | 2;
  /** What the numbers mean, or what is to be said where there are none. */
  text: readonly string[];
  table?: ReportTable;
  /** Seven rows, Monday to Sunday: mean persons of each hour from `fromHour` on. */
  heat?: { fromHour: number; rows: readonly (readonly number[])[] };
  chart?: ReportChart;
}

/** The head of an official bulletin (简报报头): its name in red, 第×期, who issues it and when, above a red line. */
export interface Masthead {
  name: string;
  number: string;
  issuer: string;
  date: string;
}

export interface Report {
  title: string;
  subtitle: string;
  masthead?: Masthead;
  sections: readonly ReportSection[];
  signature: readonly string[];
  /** Below the last line: to whom it goes. */
  foot?: readonly string[];
  madeMs: number;
}

export const weekdayWords = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const reportTypes = { docx, pdf: 'application/pdf', xlsx } as const;
