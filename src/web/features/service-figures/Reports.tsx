import { reportFormats, serviceFigureRoutes } from '#contract/service-figures.ts';
import { addressOf } from '#web/app/call.ts';
import { useText } from '#web/i18n/area.ts';
import { serviceFigures } from '#web/i18n/service-figures.ts';
import type { Figures } from './queries.ts';

const names = { docx: 'Word', pdf: 'PDF', xlsx: 'Excel' } as const;

/** The report of the month that the shown days begin in, as files. */
export function Reports({ span, station }: { span: Figures['span']; station: string | undefined }) {
  const t = useText(serviceFigures);
  const month = span.from.slice(0, 7);
  return (
    <p className="service-figures-reports">
      <b>{t.reportOf(month)}</b>
      {reportFormats.map((format) => (
        <a
          key={format}
          className="tool tool-framed"
          download
          aria-label={t.reportAs(month, names[format])}
          href={addressOf(
            serviceFigureRoutes.report.path,
            {},
            { month, format, ...(station === undefined ? {} : { station }) },
          )}
        >
          {names[format]}
        </a>
      ))}
    </p>
  );
}
