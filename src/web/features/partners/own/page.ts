import type { partnerLinkRoutes } from '#contract/partners-public.ts';
import type { ClientOutput } from '#contract/route.ts';

/** What the page of a partner is made of. */
export type Page = ClientOutput<typeof partnerLinkRoutes.view>;

export interface PartProps {
  page: Page;
  secret: string;
  onDone: () => void;
}
