import type { bookingPublicRoutes } from '#contract/bookings-public.ts';
import type { bookingRoutes } from '#contract/bookings.ts';
import type { Handlers } from '#contract/route.ts';
import { systemScope } from '#server/db/scope.ts';
import { anonymous, type Actor } from '#server/modules/identity/index.ts';
import { bookOneself, cancelOwn, moveOwn, rateOwn, readOwn } from './by-link.ts';
import {
  arrive,
  bookFor,
  cancelFor,
  moveFor,
  noShow,
  revealPerson,
  serve,
  tellLink,
  walkIn,
} from './commands-counter.ts';
import { addOffer, editOffer, endOffer, noteAway, withdrawAbsence } from './commands-offer.ts';
import type { BookingsParts } from './parts.ts';
import {
  findLost,
  previewOffer,
  readDay,
  readList,
  readOfferFigures,
  readOffers,
  readProviders,
  readPublicOffers,
  readPublicSlots,
  readSlots,
  readTodayOfAll,
} from './queries.ts';
import { lockOffer } from './take-place.ts';
import { countFull } from './store-offer.ts';
import { answerUnmet, noteUnmet, readUnmet, revealWaiting } from './unmet.ts';

interface Ctx {
  actor: Actor;
}

export function bookingHandlers(parts: BookingsParts): Handlers<typeof bookingRoutes, Ctx> {
  const { areas, rules, examples } = parts.words;
  return {
    words: async () => ({
      areas: [...areas.values()],
      rules: [...rules.values()],
      examples: [...examples.values()].map(({ provider, name: _name, ...one }) => ({
        ...one,
        providerUnitId: null,
        providerPartnerId: null,
        providerWords: /^(unit|partner):/.test(provider) ? '' : provider,
      })),
    }),
    offers: ({ query }, { actor }) => readOffers(parts, actor, query),
    providers: ({ query }, { actor }) => readProviders(parts, actor, query.station),
    addOffer: ({ body }, { actor }) => addOffer(parts, actor, body),
    editOffer: ({ params, body }, { actor }) => editOffer(parts, actor, params.id, body),
    endOffer: ({ params, body }, { actor }) => endOffer(parts, actor, params.id, body),
    preview: ({ body }, { actor }) => previewOffer(parts, actor, body),
    slots: ({ params, query }, { actor }) => readSlots(parts, actor, params.id, query),
    away: ({ params, body }, { actor }) => noteAway(parts, actor, params.id, body),
    back: ({ params, body }, { actor }) => withdrawAbsence(parts, actor, params.id, body),
    day: ({ query }, { actor }) => readDay(parts, actor, query),
    today: (_, { actor }) => readTodayOfAll(parts, actor),
    list: ({ query }, { actor }) => readList(parts, actor, query),
    find: ({ body }, { actor }) => findLost(parts, actor, body),
    book: ({ body }, { actor }) => bookFor(parts, actor, body),
    walkIn: ({ body }, { actor }) => walkIn(parts, actor, body),
    arrive: ({ params, body }, { actor }) => arrive(parts, actor, params.id, body),
    serve: ({ params, body }, { actor }) => serve(parts, actor, params.id, body),
    noShow: ({ params, body }, { actor }) => noShow(parts, actor, params.id, body),
    cancel: ({ params, body }, { actor }) => cancelFor(parts, actor, params.id, body),
    move: ({ params, body }, { actor }) => moveFor(parts, actor, params.id, body),
    link: ({ params, body }, { actor }) => tellLink(parts, actor, params.id, body),
    phone: ({ params, body }, { actor }) => revealPerson(parts, actor, params.id, body),
    figures: ({ query }, { actor }) => readOfferFigures(parts, actor, query),
    unmet: ({ query }, { actor }) => readUnmet(parts, actor, query),
    unmetPhones: ({ params, body }, { actor }) => revealWaiting(parts, actor, params.id, body),
    noteUnmet: ({ body }, { actor }) => noteUnmet(parts, actor, { id: body.stationId }, body),
    answerUnmet: ({ params, body }, { actor }) => answerUnmet(parts, actor, params.id, body),
  };
}

export function bookingLinkHandlers(
  parts: BookingsParts,
): Handlers<Omit<typeof bookingPublicRoutes, 'calendar'>, unknown> {
  return {
    offers: ({ query }) => readPublicOffers(parts, query),
    slots: ({ params }) => readPublicSlots(parts, params.id),
    book: ({ body }) => bookOneself(parts, body),
    view: ({ params }) => readOwn(parts, params.secret),
    cancel: ({ params, body }) => cancelOwn(parts, params.secret, body),
    move: ({ params, body }) => moveOwn(parts, params.secret, body),
    rate: ({ params, body }) => rateOwn(parts, params.secret, body),
    unmet: async ({ body }) => {
      const { station, ...wish } = body;
      await noteUnmet(parts, anonymous, { code: station }, wish);
      return { ok: true as const };
    },
    full: ({ params, body }) =>
      parts.database.inTx(systemScope, async (tx) => {
        await lockOffer(tx, params.id);
        await countFull(tx, params.id, body.day);
        return { ok: true as const };
      }),
  };
}
