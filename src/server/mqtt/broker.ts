import type { EventEmitter } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Aedes, type AuthenticateError, type Client, type PublishPacket } from 'aedes';
import { createBatches, type BatchOptions, type Batches } from './batches.ts';
import type { DeviceDoor, KnownDevice, Log } from './device-door.ts';
import { createFrameLimit } from './frame-limit.ts';
import { createGuessLimit, type GuessLimit } from './guess-limit.ts';
import type { Intake } from './intake.ts';
import { isDownward, payloadLimit, readTopic } from './topics.ts';

export interface BrokerOptions {
  /** 0: any free port. */
  port: number;
  host: string;
  devices: DeviceDoor;
  intake: Intake;
  log: Log;
  now: () => number;
  batches?: BatchOptions;
}

/** Devices speak to it. */
export interface Broker {
  port: number;
  /** Ends the connection of a device that was retired or got another secret. */
  drop(code: string): void;
  /** Takes no more, commits what it has, and ends. */
  stop(): Promise<void>;
}

/** Topic, message id and headers around a payload of the largest size. */
const packetLimit = payloadLimit + 1024;
const connectPatienceMs = 10_000;
/** MQTT 3.1.1 §3.2.2.3 */
const refusal = { unavailable: 3, badCredentials: 4 } as const;

interface Desk {
  options: BrokerOptions;
  batches: Batches;
  guesses: GuessLimit;
  /** Who is at the other end. */
  known: WeakMap<Client, KnownDevice>;
  byCode: Map<string, Client>;
  /** How often a device was dropped: one dropped while its secret was being checked stays outside. */
  drops: Map<string, number>;
}

/**
 * The broker inside the program: MQTT 3.1.1 over TCP. A publication is acknowledged when the intake has committed it, not
 * before; when it could not, the connection ends unacknowledged and the device sends again. Devices publish under their own
 * name only; what they say goes to the intake and to nobody else.
 * @throws Error with code EADDRINUSE when the port is taken
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const desk: Desk = {
    options,
    batches: createBatches(options.intake, options.batches),
    guesses: createGuessLimit(options.now),
    known: new WeakMap(),
    byCode: new Map(),
    drops: new Map(),
  };
  const aedes = await Aedes.createBroker({
    connectTimeout: connectPatienceMs,
    heartbeatInterval: 60_000,
    authenticate: (client, name, secret, done) => void letIn(desk, client, name, secret, done),
    authorizePublish: (client, packet, done) => void takeIn(desk, client, packet, done),
    authorizeSubscribe(client, subscription, done) {
      const code = desk.known.get(client)?.deviceCode;
      const own = code !== undefined && isDownward(code, subscription.topic);
      done(null, own ? subscription : null); // null: the SUBACK says 0x80
    },
  });
  aedes.on('clientDisconnect', (client) => {
    const code = desk.known.get(client)?.deviceCode ?? '';
    if (desk.byCode.get(code) === client) desk.byCode.delete(code);
  });
  aedes.on('clientError', (client, error) =>
    options.log.warn({ device: client.id, reason: error.message }, 'The connection of a device was ended.'),
  );
  // Strangers who are no MQTT client, or do not know a secret, are counted by the guess limit and not worth a line each.
  aedes.on('connectionError', () => undefined);
  (aedes as EventEmitter).on('error', (error: Error) =>
    options.log.error({ err: error }, 'The MQTT broker had trouble.'),
  );
  const server = createServer((socket) => void aedes.handle(limited(socket)));
  try {
    await listen(server, options);
  } catch (error) {
    aedes.close();
    throw error;
  }
  return {
    port: (server.address() as AddressInfo).port,
    drop(code) {
      desk.drops.set(code, (desk.drops.get(code) ?? 0) + 1);
      desk.byCode.get(code)?.close();
    },
    async stop() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      await desk.batches.stop();
      await new Promise<void>((done) => aedes.close(done));
      await closed;
    },
  };
}

function listen(server: Server, { port, host }: BrokerOptions): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      done();
    });
  });
}

/** The socket as it is, but it ends before a packet longer than any device needs is kept in memory. */
function limited(socket: Socket): Socket {
  const fits = createFrameLimit(packetLimit);
  const read = socket.read.bind(socket);
  socket.read = (size?: number): unknown => {
    const chunk = read(size) as Buffer | null;
    if (chunk === null || fits(chunk)) return chunk;
    socket.destroy(new Error(`A packet of more than ${packetLimit} bytes was announced.`));
    return null;
  };
  return socket.setNoDelay(true);
}

type Done = (error: AuthenticateError | null, success: boolean | null) => void;

async function letIn(
  desk: Desk,
  client: Client,
  name: string | undefined,
  secret: Buffer | undefined,
  done: Done,
): Promise<void> {
  const { devices, log } = desk.options;
  const address = (client.conn as Socket).remoteAddress ?? '';
  const code = name ?? '';
  const dropsBefore = desk.drops.get(code) ?? 0;
  if (!desk.guesses.mayTry(address, code)) return done(refuse(refusal.badCredentials), null);
  try {
    const device = await devices.verify(code, secret?.toString('utf8') ?? '');
    if (device === undefined || (desk.drops.get(code) ?? 0) !== dropsBefore) {
      desk.guesses.failed(address, code);
      return done(refuse(refusal.badCredentials), null);
    }
    // One device, one session: its code is its client id, so nobody can end another's connection by taking its id, and
    // what the broker keeps for absent clients is bounded by the register.
    (client as { id: string }).id = device.deviceCode;
    desk.known.set(client, device);
    desk.byCode.set(device.deviceCode, client);
    done(null, true);
  } catch (error) {
    log.error({ err: error }, 'The register of devices could not be asked; a device was sent away.');
    done(refuse(refusal.unavailable), null);
  }
}

function refuse(returnCode: number): AuthenticateError {
  return Object.assign(new Error('refused'), { returnCode }) as AuthenticateError;
}

/** Called before aedes acknowledges: whatever the QoS, it goes on only after the commit. */
async function takeIn(
  desk: Desk,
  client: Client | null,
  packet: PublishPacket,
  done: (error?: Error | null) => void,
): Promise<void> {
  const device = client === null ? undefined : desk.known.get(client);
  const target = readTopic(packet.topic);
  if (device === undefined || target?.code !== device.deviceCode)
    return done(new Error(`It may publish to its own topics only, found ${packet.topic.slice(0, 100)}.`));
  const body = Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload);
  if (body.length > payloadLimit)
    return done(new Error(`A message has at most ${payloadLimit} bytes, found ${body.length}.`));
  packet.retain = false; // nobody reads here: keeping a last value for readers is the database's work
  try {
    await desk.batches.take({ ...device, topic: target.topic, body, receivedMs: desk.options.now() });
    done(null);
  } catch (error) {
    desk.options.log.error(
      { err: error, device: device.deviceCode },
      'A message could not be committed; it is not acknowledged.',
    );
    done(error instanceof Error ? error : new Error(String(error)));
  }
}
