import { partnerHereRoutes, partnerLinkRoutes } from '#contract/partners-public.ts';
import { partnerRoutes } from '#contract/partners.ts';
import { mount } from '#server/http/mount.ts';
import { mountFile } from '#server/http/streams.ts';
import { createPartners, type Partners, type StationsPort } from '#server/modules/partners/index.ts';
import type { Joined, Parts } from './parts.ts';

/** 社区合伙人: routes, the agreement as a document, the account of deliveries, reminders of renewal. */
export function joinPartners(
  { app, database, territory, vault, clock, doors }: Parts,
  stations: StationsPort,
): Joined & { partners: Partners } {
  const partners = createPartners({ database, territory, vault, clock, stations });
  mount(app, partnerRoutes, partners.handlers, doors);
  mount(app, partnerLinkRoutes, partners.linkHandlers, doors);
  mount(app, partnerHereRoutes, partners.hereHandlers, doors);
  mountFile(app, partnerRoutes.document, ({ params }, { actor }) => partners.document(actor, params), doors);
  mountFile(app, partnerRoutes.export, ({ query }, { actor }) => partners.exportDeliveries(actor, query), doors);
  return {
    partners,
    jobs: [
      {
        name: 'partners.renewals',
        cron: '10 8 * * *',
        run: () => partners.remindRenewals().then(() => undefined),
      },
    ],
  };
}
