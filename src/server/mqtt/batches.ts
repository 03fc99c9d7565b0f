import type { DeviceMessage, Intake, Verdict } from './intake.ts';

export interface Batches {
  /**
   * Resolves when the message is committed (or was before, or can never be).
   * @throws when nothing was committed, or too many wait already: the sender must not be told that it was taken
   */
  take(message: DeviceMessage): Promise<Verdict>;
  /** Messages that wait for a commit. */
  waiting(): number;
  /** Refuses whatever comes from now on; resolves when nothing waits any more. */
  stop(): Promise<void>;
}

export interface BatchOptions {
  /** Messages in one receive at most. */
  most?: number;
  /** How long the first of a batch waits for others, ms; an alarm does not wait. */
  delayMs?: number;
  /** Messages that may wait in each lane; more are refused. */
  room?: number;
}

interface Waiting {
  message: DeviceMessage;
  done: (verdict: Verdict) => void;
  fail: (error: unknown) => void;
}

/**
 * Gathers messages, so that one commit serves many. Alarms travel in a lane of their own and never wait behind readings.
 * Within a lane one batch at a time: messages of one device and kind keep their order, and while one commits the next grows.
 */
export function createBatches(intake: Intake, options: BatchOptions = {}): Batches {
  const alarms = createLane(intake, { ...options, delayMs: 0 });
  const others = createLane(intake, options);
  return {
    take: (message) => (message.topic === 'alarm' ? alarms : others).take(message),
    waiting: () => alarms.waiting() + others.waiting(),
    async stop() {
      await Promise.all([alarms.stop(), others.stop()]);
    },
  };
}

function createLane(intake: Intake, { most = 500, delayMs = 5, room = 20_000 }: BatchOptions): Batches {
  let queue: Waiting[] = [];
  let underWay = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let rest: (() => void)[] = [];

  function soon(): void {
    if (underWay > 0 || queue.length === 0) return;
    if (queue.length >= most) void commit();
    else timer ??= setTimeout(() => void commit(), delayMs);
  }

  async function commit(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const batch = queue.splice(0, most);
    underWay = batch.length;
    try {
      const verdicts = await intake.receive(batch.map(({ message }) => message));
      batch.forEach(({ done, fail }, k) => {
        const verdict = verdicts[k];
        if (verdict === undefined) fail(new Error('The intake gave no verdict for a message.'));
        else done(verdict);
      });
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
    underWay = 0;
    if (queue.length > 0) return void (queue.length >= most || delayMs === 0 ? commit() : soon());
    for (const tell of rest) tell();
    rest = [];
  }

  return {
    take(message) {
      if (stopped) return Promise.reject(new Error('The program is stopping.'));
      if (queue.length + underWay >= room)
        return Promise.reject(new Error(`${room} messages wait for the database already.`));
      return new Promise((done, fail) => {
        queue.push({ message, done, fail });
        soon();
      });
    },
    waiting: () => queue.length + underWay,
    stop() {
      stopped = true;
      if (queue.length + underWay === 0) return Promise.resolve();
      return new Promise((done) => {
        rest.push(done);
      });
    },
  };
}
