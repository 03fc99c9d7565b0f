import { connect, type Socket } from 'node:net';
import pg from 'pg';
import { uuidV7 } from '#kit/ids.ts';
import { hashSecret } from '#server/modules/sensing/device-secret.ts';

/** A connection of one device, as bare as it can be: what is measured is the broker, not the client. */
export interface DeviceLink {
  /** Resolves at the PUBACK (QoS 1). @throws when the connection ended before */
  publish(topic: string, body: string): Promise<void>;
  close(): void;
}

/** @throws when the broker cannot be reached or sends the device away */
export function openLink(port: number, code: string, secret: string): Promise<DeviceLink> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true);
  const waiting = new Map<number, { done: () => void; fail: (error: Error) => void }>();
  let next = 0;
  return new Promise((opened, refused) => {
    let rest: Buffer = Buffer.alloc(0);
    socket.on('connect', () => socket.write(connectPacket(code, secret)));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const error = new Error('The connection ended.');
      refused(error);
      for (const { fail } of waiting.values()) fail(error);
      waiting.clear();
    });
    socket.on('data', (chunk) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let at = 0;
      // CONNACK and PUBACK are all that comes, four bytes each.
      for (; at + 4 <= rest.length; at += 4) {
        if (rest[at] === 0x20 && rest[at + 3] === 0) opened({ publish, close: () => void socket.destroy() });
        else if (rest[at] === 0x40) take(rest.readUInt16BE(at + 2));
        else socket.destroy();
      }
      rest = rest.subarray(at);
    });
  });

  function take(id: number): void {
    waiting.get(id)?.done();
    waiting.delete(id);
  }

  function publish(topic: string, body: string): Promise<void> {
    next = (next % 65_535) + 1;
    const id = next;
    return new Promise((done, fail) => {
      if (socket.destroyed) return fail(new Error('The connection ended.'));
      waiting.set(id, { done, fail });
      write(socket, publishPacket(topic, id, body));
    });
  }
}

function write(socket: Socket, packet: Buffer): void {
  if (!socket.writableCorked) {
    socket.cork();
    process.nextTick(() => socket.uncork()); // what is sent in one turn travels together
  }
  socket.write(packet);
}

const text = (word: string): Buffer => {
  const bytes = Buffer.from(word);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
};

function packetOf(first: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length: number[] = [];
  for (let left = body.length; ;) {
    const digit = left % 128;
    left = Math.floor(left / 128);
    length.push(left > 0 ? digit | 128 : digit);
    if (left === 0) break;
  }
  return Buffer.concat([Buffer.from([first, ...length]), body]);
}

/** MQTT 3.1.1, clean session, name and password, keep-alive of 10 minutes. */
const connectPacket = (code: string, secret: string): Buffer =>
  packetOf(0x10, text('MQTT'), Buffer.from([4, 0xc2, 0x02, 0x58]), text(code), text(code), text(secret));

const publishPacket = (topic: string, id: number, body: string): Buffer =>
  packetOf(0x32, text(topic), Buffer.from([id >> 8, id & 255]), Buffer.from(body));

/** Devices `<prefix>-0` … of the smallest territory (settle), all with one secret. */
export async function addBenchDevices(
  ownerUrl: string,
  many: number,
  prefix: string,
  secret: string,
): Promise<string[]> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const codes = Array.from({ length: many }, (_, n) => `${prefix}-${n}`);
  await owner.query(
    `with made as (
       insert into device (id, code, name, kind, lon, lat, path, area_code, district, secret_hash, created_at)
       select id, code, code, 'temperature', 106.55, 29.55, '{500000,500103,500103004}', '500103004', '500103', $3, now()
       from unnest($1::uuid[], $2::text[]) as d(id, code) returning id)
     insert into device_pulse (device_id) select id from made`,
    [codes.map(() => uuidV7()), codes, await hashSecret(secret)],
  );
  await owner.end();
  return codes;
}

export interface LoadResult {
  /** Acknowledged within the time that counts. */
  messages: number;
  seconds: number;
  ackMs: number[];
}

/** Every device keeps `window` messages under way for `seconds`, after a short start that does not count. */
export async function pushReadings(load: {
  port: number;
  codes: readonly string[];
  secret: string;
  window: number;
  seconds: number;
}): Promise<LoadResult> {
  const links = await Promise.all(load.codes.map((code) => openLink(load.port, code, load.secret)));
  const boot = `b${Date.now()}`;
  const warmMs = 2_000;
  const startMs = performance.now();
  const endMs = startMs + warmMs + load.seconds * 1000;
  const ackMs: number[] = [];
  async function lane(link: DeviceLink, code: string, first: number): Promise<void> {
    for (let seq = first; performance.now() < endMs; seq += load.window) {
      const sentMs = performance.now();
      await link.publish(
        `hg/v1/${code}/readings`,
        JSON.stringify({ boot, seq, values: { temp_c: 20 + (seq % 50) / 10 } }),
      );
      const nowMs = performance.now();
      if (sentMs >= startMs + warmMs && nowMs < endMs) ackMs.push(nowMs - sentMs);
    }
  }
  await Promise.all(
    links.flatMap((link, k) => Array.from({ length: load.window }, (_, n) => lane(link, load.codes[k] ?? '', n))),
  );
  for (const link of links) link.close();
  return { messages: ackMs.length, seconds: load.seconds, ackMs };
}
