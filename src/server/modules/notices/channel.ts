import type { DeliveryChannel } from '#contract/notices-words.ts';

/** One message on its way. `id` is the same at every attempt: a provider or receiver may drop repeats by it. */
export interface Message {
  id: string;
  /** 0 … 4, 0 the most urgent. */
  priority: number;
  title: string;
  /** One line for each matter; several when messages were merged. */
  lines: readonly string[];
  /** Where the desk shows it. */
  url: string;
  /** When it happened. */
  atMs: number;
  /** Only for webhooks: the JSON text to sign and send. */
  payload?: string;
}

/** Where to, with what keys; each channel says which names it needs. */
export type Address = Readonly<Record<string, string>>;

export interface ChannelLimits {
  /** Messages a target takes in a minute; null: as many as come. */
  perMinute: number | null;
  /** So many matters fit into one message; 1: never merged. */
  mergeUpTo: number;
}

/** One way out: to a person, into a group, to another system. Adapters live in integrations. */
export interface Channel {
  readonly name: DeliveryChannel;
  readonly limits: ChannelLimits;
  /**
   * Resolves when the provider has taken the message.
   * @throws ChannelError saying whether another attempt makes sense; anything else counts as worth another attempt.
   */
  send(address: Address, message: Message): Promise<void>;
}

/** Not taken. `message` holds no address, key or text of the message: it is stored and shown. */
export class ChannelError extends Error {
  /** No attempt will ever succeed. */
  readonly permanent: boolean;
  /** The address exists no more and should be forgotten. */
  readonly gone: boolean;
  /** The provider named a time to wait. */
  readonly retryAfterMs: number | null;

  constructor(message: string, options: { permanent?: boolean; gone?: boolean; retryAfterMs?: number } = {}) {
    super(message);
    this.name = 'ChannelError';
    this.gone = options.gone ?? false;
    this.permanent = (options.permanent ?? false) || this.gone;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
