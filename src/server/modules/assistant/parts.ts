import type { ClientOutput } from '#contract/route.ts';
import type { eventRoutes } from '#contract/events.ts';
import type { Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import type { Territory } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { Outgoing } from '#server/net/guarded-fetch.ts';

/** Where the model is asked, as configured; nothing of it comes from a request. */
export interface AssistantSettings {
  /** Of an OpenAI-compatible endpoint, such as https://models.example.org/v1. */
  baseUrl: string;
  key: string | null;
  model: string;
  timeoutMs: number;
  /** Requests per minute of this process. */
  perMinute: number;
}

export type EventDetail = ClientOutput<typeof eventRoutes.get>;

export interface AssistantParts {
  database: Database;
  territory: Pick<Territory, 'area'>;
  clock: Clock;
  /** Null: the assistant is off, and nothing of it is made. */
  settings: AssistantSettings | null;
  /** The guarded way out; it may reach the configured endpoint and no redirect. */
  outgoing: Pick<Outgoing, 'fetch'> | null;
  /** An event as this actor sees it. @throws AppError not_found */
  event(actor: Actor, id: string): Promise<EventDetail>;
}
