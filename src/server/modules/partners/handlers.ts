import type { partnerRoutes } from '#contract/partners.ts';
import type { Handlers } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { addPledge, draftAgreement, endPledge, redraftAgreement, signAgreement } from './commands-agreement.ts';
import { decideDelivery, noteAtStation } from './commands-delivery.ts';
import { addPartner, answerAsk, editPartner, exitPartner, revealContact, tellLink } from './commands-partner.ts';
import { hideWords, rateByStation } from './commands-rating.ts';
import type { PartnersParts } from './parts.ts';
import { readAtStation, readDeliveries, readPeriods } from './queries-delivery.ts';
import { readList, readPartner, readToday, readWords } from './queries.ts';

type Json = Omit<typeof partnerRoutes, 'export' | 'document'>;

export function partnerHandlers(parts: PartnersParts): Handlers<Json, { actor: Actor }> {
  return {
    words: (_, { actor }) => readWords(parts, actor),
    list: ({ query }, { actor }) => readList(parts, actor, query),
    today: (_, { actor }) => readToday(parts, actor),
    get: ({ params }, { actor }) => readPartner(parts, actor, params.id),
    periods: ({ params }, { actor }) => readPeriods(parts, actor, params),
    atStation: ({ params }, { actor }) => readAtStation(parts, actor, params.stationId),
    deliveries: ({ query }, { actor }) => readDeliveries(parts, actor, query),
    add: ({ body }, { actor }) => addPartner(parts, actor, body),
    edit: ({ params, body }, { actor }) => editPartner(parts, actor, params.id, body),
    reveal: ({ params, body }, { actor }) => revealContact(parts, actor, params.id, body),
    link: ({ params, body }, { actor }) => tellLink(parts, actor, params.id, body),
    draft: ({ params, body }, { actor }) => draftAgreement(parts, actor, params.id, body),
    redraft: ({ params, body }, { actor }) => redraftAgreement(parts, actor, params, body),
    sign: ({ params, body }, { actor }) => signAgreement(parts, actor, params, body),
    pledge: ({ params, body }, { actor }) => addPledge(parts, actor, params.id, body),
    endPledge: ({ params, body }, { actor }) => endPledge(parts, actor, params, body),
    exit: ({ params, body }, { actor }) => exitPartner(parts, actor, params.id, body),
    answerAsk: ({ params, body }, { actor }) => answerAsk(parts, actor, params.id, body),
    deliver: ({ params, body }, { actor }) => noteAtStation(parts, actor, params.id, body),
    decide: ({ params, body }, { actor }) => decideDelivery(parts, actor, params.id, body),
    rate: ({ params, body }, { actor }) => rateByStation(parts, actor, params.id, body),
    hideWords: ({ params, body }, { actor }) => hideWords(parts, actor, params.id, body),
  };
}
