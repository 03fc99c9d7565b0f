import type { EventSectionProps } from '#web/app/desk-slots.ts';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { analytics } from '#web/i18n/analytics.ts';
import { useText } from '#web/i18n/area.ts';
import { exclusionsHref } from './search.ts';

/** In the detail of an event: the way to have it left out of the figures, for whoever reads them. */
export function ExclusionSection({ event: { number } }: EventSectionProps) {
  const t = useText(analytics).exclusions;
  if (!may(useMe(), 'analytics.read')) return null;
  return (
    <section className="part" aria-label={t.section}>
      <header>
        <h3>{t.section}</h3>
        <Go className="link-button" href={exclusionsHref(number)}>
          {t.propose}
        </Go>
      </header>
      <p className="quiet">{t.sectionLead}</p>
    </section>
  );
}
