import type { DeviceTopic } from '#contract/device-messages.ts';

/** One message of a device whose name and right to the topic were checked already. */
export interface DeviceMessage {
  deviceId: string;
  deviceCode: string;
  topic: DeviceTopic;
  /** As it came; the taker parses it. */
  body: Buffer;
  receivedMs: number;
}

/** taken: committed now · duplicate: committed before · refused: no such message can ever be taken (kept as a dead letter). */
export type Verdict = 'taken' | 'duplicate' | 'refused';

/** Whoever takes messages. When the promise is fulfilled, everything is committed: only then may the broker acknowledge. */
export interface Intake {
  /**
   * Answers one verdict per message, in their order.
   * @throws when nothing was committed (the database is away): the broker must not acknowledge, the device sends again
   */
  receive(messages: readonly DeviceMessage[]): Promise<readonly Verdict[]>;
}
