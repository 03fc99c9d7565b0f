import type { sessionRoutes } from '#contract/identity.ts';
import { call, type RouteRefs } from '#web/app/call.ts';
import { ProblemError } from '#web/app/problem.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { suppliesPublic } from '#web/i18n/supplies-public.ts';
import { supplyApi } from '../api.ts';

const { me }: RouteRefs<Pick<typeof sessionRoutes, 'me'>> = { me: { method: 'GET', path: '/api/session' } };

/** Above the nearest stations, for whoever scanned the label of a lent thing: what it is, and where it goes. */
export function ThingNote({ number }: { number: string }) {
  const t = useText(suppliesPublic);
  const lang = languageChoice.use();
  const { value, error } = useLoad(number, (signal) => call(supplyApi.thing, { params: { number } }, { signal }));
  const unknown = error instanceof ProblemError && (error.status === 404 || error.status === 400);
  if (unknown)
    return (
      <p className="note" role="status">
        {t.unknown}
      </p>
    );
  // Without network the stations below still help.
  if (value === undefined) return null;
  const item = lang === 'en' && value.itemNameEn !== '' ? value.itemNameEn : value.itemName;
  return (
    <section className="part" aria-label={t.title(item)}>
      <h2 className="part-title">{t.title(item)}</h2>
      <p>{t.label(value.number)}</p>
      <p>{t.lead}</p>
      <BringLink number={value.number} />
    </section>
  );
}

/** For whoever is signed in to a counter on this device. */
function BringLink({ number }: { number: string }) {
  const t = useText(suppliesPublic);
  const { value } = useLoad('session', (signal) => call(me, {}, { signal }));
  if (value?.account?.permissions.includes('station.work') !== true) return null;
  return (
    <a className="button button-plain" href={`/field/station/lend?thing=${encodeURIComponent(number)}`}>
      {t.bring}
    </a>
  );
}
