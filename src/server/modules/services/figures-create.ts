import type { Input } from '#contract/route.ts';
import type { serviceFigureRoutes } from '#contract/service-figures.ts';
import { reportDocx } from '#server/files/report-docx.ts';
import { reportPdf } from '#server/files/report-pdf.ts';
import { reportXlsx } from '#server/files/report-xlsx.ts';
import { reportTypes } from '#server/files/report.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { figureHandlers } from './figures-handlers.ts';
import { tellMonths } from './figures-jobs.ts';
import type { FigureParts } from './figures-parts.ts';
import { makeReport } from './figures-report.ts';

const writers = { docx: reportDocx, pdf: reportPdf, xlsx: reportXlsx } as const;

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
      const name = `${report.title} ${query.month}.${query.format}`;
      return { name, type: reportTypes[query.format], bytes: await writers[query.format](report) };
    },
    tellMonths: () => tellMonths(parts),
  };
}
