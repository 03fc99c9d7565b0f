import type { DeviceDoor } from './device-door.ts';
import type { DeviceMessage, Intake, Verdict } from './intake.ts';

/** An intake that keeps messages in memory, knows repetitions by their text, and can be made to fail or to wait. */
export interface TestIntake extends Intake {
  taken: DeviceMessage[];
  /** Sizes of the batches received. */
  batches: number[];
  /** The next receives throw, as when the database is away. */
  failing: boolean;
  /** Resolved before a receive ends. */
  gate: Promise<void>;
}

export function testIntake(): TestIntake {
  const seen = new Set<string>();
  const intake: TestIntake = {
    taken: [],
    batches: [],
    failing: false,
    gate: Promise.resolve(),
    async receive(messages) {
      intake.batches.push(messages.length);
      await intake.gate;
      if (intake.failing) throw new Error('The database does not answer.');
      return messages.map((message): Verdict => {
        const key = `${message.deviceCode} ${message.topic} ${message.body.toString()}`;
        if (seen.has(key)) return 'duplicate';
        seen.add(key);
        intake.taken.push(message);
        return 'taken';
      });
    },
  };
  return intake;
}

/** Devices whose secret is `secret-of-<code>`, for as long as they are in the set. */
export function testDoor(codes: Set<string>): DeviceDoor {
  const find = async (code: string) => (codes.has(code) ? { deviceId: `id-${code}`, deviceCode: code } : undefined);
  return { find, verify: async (code, secret) => (secret === `secret-of-${code}` ? find(code) : undefined) };
}

export const quietLog = { warn: () => undefined, error: () => undefined };
