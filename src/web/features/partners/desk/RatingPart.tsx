import { useState } from 'react';
import { partnerRoutes } from '#contract/partners.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { partners } from '#web/i18n/partners.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { useNamed } from '#web/i18n/use-named.ts';
import { Stars, useQuarter } from './Parts.tsx';
import { partnersKey, type PartnerDetail, type Rating } from './queries.ts';

/** Two figures that are never mixed, each with how many stand behind it; then the ratings themselves. */
export function RatingPart({ partner }: { partner: PartnerDetail }) {
  const t = useText(partners).ratings;
  const worded = partner.ratings.filter(({ source, words, hidden }) => source === 'station' || words !== '' || hidden);
  return (
    <section className="partners-part">
      <h3>{t.title}</h3>
      <p className="quiet">{t.lead}</p>
      <dl className="partners-facts">
        <Figure name={t.byStations} figure={partner.byStations} />
        <Figure name={t.byResidents} figure={partner.byResidents} />
      </dl>
      <ul className="partners-lines">
        {worded.slice(0, 20).map((one) => (
          <li key={one.id}>
            <One rating={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Figure({ name, figure: { n, average } }: { name: string; figure: PartnerDetail['byStations'] }) {
  const t = useText(partners).ratings;
  const words =
    n === 0 ? t.none : average === null ? t.few(formatNumber(n)) : t.figure(formatNumber(average), formatNumber(n));
  return (
    <div>
      <dt>{name}</dt>
      <dd>{words}</dd>
    </div>
  );
}

function One({ rating }: { rating: Rating }) {
  const t = useText(partners).ratings;
  const named = useNamed();
  const quarterOf = useQuarter();
  const [sure, setSure] = useState(false);
  const act = useAct((_: null, opId) => ask(partnerRoutes.hideWords, { params: { id: rating.id }, body: { opId } }), {
    stale: [partnersKey],
  });
  return (
    <div className="partners-row-head">
      <Stars stars={rating.stars} />
      <span>{rating.source === 'station' ? t.byStations : t.byResidents}</span>
      <span className="quiet">{named({ name: rating.stationName, nameEn: rating.stationNameEn })}</span>
      <span className="quiet">{rating.quarter === null ? rating.day : quarterOf(rating.quarter)}</span>
      <span>{rating.hidden ? <i className="quiet">{t.hidden}</i> : rating.words}</span>
      {rating.mayHide && (
        <button
          type="button"
          className="tool"
          disabled={act.isPending}
          onClick={() => (sure ? act.mutate(null) : setSure(true))}
        >
          {sure ? t.hideSure : t.hide}
        </button>
      )}
      <ProblemNote error={act.error} />
    </div>
  );
}
