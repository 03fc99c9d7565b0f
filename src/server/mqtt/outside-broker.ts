import { connect, type MqttClient } from 'mqtt';
import type { IPublishPacket } from 'mqtt';
import { createBatches, type BatchOptions } from './batches.ts';
import type { DeviceDoor, KnownDevice, Log } from './device-door.ts';
import type { Intake } from './intake.ts';
import { payloadLimit, readTopic, upwardTopics } from './topics.ts';

export interface OutsideOptions {
  /** mqtt:// or mqtts://, name and password within. */
  url: string;
  /** PEM of whoever signed the broker's certificate, where the system does not know them. */
  ca: string | null;
  /** Stays the same over restarts: the broker keeps what was not acknowledged under it. */
  clientId: string;
  devices: DeviceDoor;
  intake: Intake;
  log: Log;
  batches?: BatchOptions;
  /** Between two attempts to connect, ms. */
  retryMs?: number;
  now?: () => number;
}

/** An outside broker whose devices speak to us. */
export interface OutsideBroker {
  /** Resolves once the subscriptions stand for the first time. */
  ready(): Promise<void>;
  /** Asks anew who this device is: it was retired or changed. */
  drop(code: string): void;
  stop(): Promise<void>;
}

const rememberMs = 30_000;
/** More messages than this wait for a commit: the broker is read no further. */
const fullAt = 2_000;

/**
 * Reads the messages of devices from an outside broker, in a session that outlives connections. Each is acknowledged when
 * the intake has committed it. When it could not, the connection is ended and made anew: the broker sends again whatever
 * was not acknowledged. The broker proves who a device is (docs/mqtt.md); here the topic names it.
 */
export function readOutsideBroker(options: OutsideOptions): OutsideBroker {
  const { devices, intake, log, retryMs = 2_000, now = () => Date.now() } = options;
  const batches = createBatches(intake, options.batches);
  const recall = createRecall(devices);
  let stopping = false;
  let firstReady: () => void = () => undefined;
  const isReady = new Promise<void>((done) => {
    firstReady = done;
  });
  const client = connect(options.url, {
    clientId: options.clientId,
    clean: false,
    protocolVersion: 4,
    resubscribe: false,
    reconnectPeriod: retryMs,
    connectTimeout: 10_000,
    keepalive: 30,
    ...(options.ca === null ? {} : { ca: options.ca }),
  });
  let trouble = '';
  function tell(error: Error): void {
    if (error.message !== trouble && !stopping)
      log.error({ err: error }, 'The outside MQTT broker cannot be used; it is tried again.');
    trouble = error.message;
  }
  client.on('error', tell);
  client.on('connect', () => {
    client.subscribe([...upwardTopics], { qos: 1 }, (error, granted) => {
      const refused = granted?.some(({ qos }) => (qos as number) === 128) ?? false;
      if (error !== null && error !== undefined) return tell(error);
      if (refused) return tell(new Error(`The broker refuses the subscription to ${upwardTopics.join(', ')}.`));
      trouble = '';
      firstReady();
    });
  });

  async function take(packet: IPublishPacket): Promise<void> {
    const target = readTopic(packet.topic);
    const body = Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload);
    if (target === undefined || body.length > payloadLimit) return drop(packet, 'no topic of ours, or too long');
    const device = await recall.find(target.code);
    if (device === undefined) return drop(packet, 'no device in use has this code');
    await batches.take({ ...device, topic: target.topic, body, receivedMs: now() });
  }

  function drop(packet: IPublishPacket, reason: string): void {
    log.warn({ topic: packet.topic.slice(0, 100), reason }, 'A message from the outside broker was dropped.');
  }

  // `handleMessage` is the client's own place for a say in the acknowledgement: called back with an error it reads on and
  // sends none. Ours follows after the commit, on the connection the message came by.
  const later = new Error('acknowledged after the commit');
  client.handleMessage = (packet, readOn) => {
    const { stream } = client;
    const full = batches.waiting() >= fullAt;
    if (!full) readOn(later);
    void take(packet)
      .then(
        () => acknowledge(client, stream, packet),
        (error: unknown) => {
          if (!stopping) log.error({ err: error }, 'A message could not be committed; the outside broker keeps it.');
          stream.destroy();
        },
      )
      .finally(() => {
        if (full) readOn(later);
      });
  };

  return {
    ready: () => isReady,
    drop: (code) => recall.forget(code),
    async stop() {
      stopping = true;
      await batches.stop();
      await client.endAsync();
    },
  };
}

/** PUBACK (MQTT 3.1.1 §3.4); not to a later connection, where the number may mean another message. */
function acknowledge(client: MqttClient, stream: MqttClient['stream'], { qos, messageId = 0 }: IPublishPacket): void {
  if (qos !== 1 || client.stream !== stream || stream.destroyed) return;
  stream.write(Buffer.from([0x40, 2, messageId >> 8, messageId & 0xff]));
}

/** Who a code is, asked once in half a minute. */
function createRecall(devices: DeviceDoor) {
  const known = new Map<string, { untilMs: number; device: Promise<KnownDevice | undefined> }>();
  return {
    find(code: string): Promise<KnownDevice | undefined> {
      const now = performance.now();
      const found = known.get(code);
      if (found !== undefined && found.untilMs > now) return found.device;
      const device = devices.find(code);
      if (known.size > 100_000) known.clear(); // codes come from outside: not without end
      known.set(code, { untilMs: now + rememberMs, device });
      device.catch(() => known.delete(code));
      return device;
    },
    forget: (code: string): void => void known.delete(code),
  };
}
