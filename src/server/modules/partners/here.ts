import type { partnerHereRoutes } from '#contract/partners-public.ts';
import type { Handlers, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import { rateByResident } from './commands-rating.ts';
import { ruleOf } from './dictionary.ts';
import type { PartnersParts } from './parts.ts';
import { partnersAt } from './ports.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { sumRatings } from './store-rating.ts';
import { toFigure } from './views.ts';

/** For residents at a station: who stands by it today, and one tap to say how it is. */

type Routes = typeof partnerHereRoutes;

export function partnerHereHandlers(parts: PartnersParts): Handlers<Routes, unknown> {
  return {
    here: ({ params }) => readHere(parts, params.code),
    rate: ({ params, body }) => rateByResident(parts, params, body),
  };
}

async function readHere(parts: PartnersParts, code: string): Promise<Output<Routes['here']>> {
  const { database, stations, words, clock } = parts;
  return database.read(systemScope, async (tx) => {
    const station = (await stations.listStations(tx)).find((one) => one.code === code);
    if (station === undefined)
      throw new AppError('not_found', 'There is no such station. Check the address, or look it up in the list.');
    const here = await partnersAt(tx, station.id, dayOf(clock.now()));
    const rated = await sumRatings(
      tx,
      here.map(({ id }) => id),
    );
    return {
      items: here.map((one) => {
        const kind = words.kinds.get(one.kind);
        return {
          id: one.id,
          name: one.name,
          nameEn: one.nameEn,
          kind: { name: kind?.name ?? one.kind, nameEn: kind?.nameEn ?? one.kind },
          brings: one.pledges.map(({ what, whatEn }) => ({ name: what, nameEn: whatEn })),
          byResidents: toFigure(rated.get(`${one.id} resident`), words),
          byStations: toFigure(rated.get(`${one.id} station`), words),
        };
      }),
      few: ruleOf(words, 'few_ratings'),
    };
  });
}
