import type { Clock } from '#kit/clock.ts';
import type { OpenData } from '#server/modules/events/index.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { Fields } from './fields.ts';
import type { Locale } from './words.ts';

/** What the endpoint is built from; wire gives it. */
export interface Parts {
  events: OpenData;
  territory: LiveTerritory;
  clock: Clock;
  identify(credentials: { sessionToken: null; bearer: string }): Promise<{ actor: Actor }>;
  /** Address people and programs use, without path. */
  publicUrl: string;
  /** Name of this installation: one of its jurisdiction_ids. */
  tenant: string;
}

/** One request, whatever its format. */
export interface Ask {
  /** Query of a GET, form of a POST. */
  fields: Fields;
  /** The id in the path, without its format; empty where there is none. */
  id: string;
  locale: Locale;
  /** It came to the test endpoint: what is sent is rolled back. */
  test: boolean;
}
