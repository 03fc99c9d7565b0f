import type { Input } from '#contract/route.ts';
import type { serviceFigureRoutes } from '#contract/service-figures.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { toDocx } from './figures-docx.ts';
import { figureHandlers } from './figures-handlers.ts';
import { tellMonths } from './figures-jobs.ts';
import type { FigureParts } from './figures-parts.ts';
import { toPdf } from './figures-pdf.ts';
import { makeReport } from './figures-report.ts';
import { toXlsx } from './figures-xlsx.ts';

const writers = {
  docx: { write: toDocx, type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
  pdf: { write: toPdf, type: 'application/pdf' },
  xlsx: { write: toXlsx, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
} as const;

export interface ServiceFigures {
  handlers: ReturnType<typeof figureHandlers>;
  /** The monthly report as a file, made when it is asked for. */
  report(
    actor: Actor,
    query: Input<(typeof serviceFigureRoutes)['report']>['query'],
  ): Promise<{ name: string; type: string; bytes: Uint8Array }>;
  /** On the first of a month: tells stations that last month can be read. Answers how many were told. */
  tellMonths(): Promise<number>;
}

/** Builds the figures of service. */
export function createServiceFigures(parts: FigureParts): ServiceFigures {
  return {
    handlers: figureHandlers(parts),
    async report(actor, query) {
      const report = await makeReport(parts, actor, query);
      const { write, type } = writers[query.format];
      return { name: `${report.title} ${query.month}.${query.format}`, type, bytes: await write(report) };
    },
    tellMonths: () => tellMonths(parts),
  };
}
