import type { partnerRoutes } from '#contract/partners.ts';
import type { Input } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { readPartnerWords } from './dictionary.ts';
import { makeDocument } from './document.ts';
import { exportDeliveries } from './export-file.ts';
import { partnerHandlers } from './handlers.ts';
import { partnerHereHandlers } from './here.ts';
import { remindRenewals } from './jobs.ts';
import { partnerLinkHandlers } from './link.ts';
import type { PartnersParts } from './parts.ts';

export { namesOf, noteDelivery, partnersAt, type DeliveryWish, type PartnerHere, type PartnerName } from './ports.ts';
export type { StationFacts, StationsPort } from './parts.ts';
export { readPartnerWords } from './dictionary.ts';
export { sumDelivered } from './store-delivered.ts';

export interface File {
  name: string;
  type: string;
  bytes: Uint8Array;
}

export interface Partners {
  handlers: ReturnType<typeof partnerHandlers>;
  linkHandlers: ReturnType<typeof partnerLinkHandlers>;
  hereHandlers: ReturnType<typeof partnerHereHandlers>;
  /** An agreement as PDF. */
  document(actor: Actor, params: { id: string; agreementId: string }): Promise<File>;
  /** The account of deliveries as xlsx. */
  exportDeliveries(actor: Actor, query: Input<typeof partnerRoutes.export>['query']): Promise<File>;
  /** Reminds of agreements that end soon; returns how many. */
  remindRenewals(): Promise<number>;
}

export function createPartners(given: Omit<PartnersParts, 'words'>): Partners {
  const parts: PartnersParts = { ...given, words: readPartnerWords() };
  return {
    handlers: partnerHandlers(parts),
    linkHandlers: partnerLinkHandlers(parts),
    hereHandlers: partnerHereHandlers(parts),
    document: (actor, params) => makeDocument(parts, actor, params),
    exportDeliveries: (actor, query) => exportDeliveries(parts, actor, query),
    remindRenewals: () => remindRenewals(parts),
  };
}
