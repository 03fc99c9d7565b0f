import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServerResponse } from 'node:http';
import { liveRoutes } from '#contract/live.ts';
import { kioskRoutes } from '#contract/screens.ts';
import { scopeOf, type Actor } from '#server/modules/identity/index.ts';
import type { LedgerNews } from '#server/modules/ledger/index.ts';
import { enter, limitOf, type MountOptions } from './mount.ts';

/** Where changes come from: the sequencer, in order and without gaps. */
export interface LiveSource {
  subscribe(listener: (lines: readonly LedgerNews[]) => void): () => void;
  readSince(seq: number, limit: number): Promise<LedgerNews[]>;
  lastSeq(): Promise<number>;
}

interface Viewer {
  out: ServerResponse;
  keys: readonly string[];
  lastSeq: number;
  /** While catching up from the database, live lines wait here. */
  waiting: LedgerNews[] | null;
  /** Told only what sort of thing changed, not which nor how. */
  bare: boolean;
}

const heartbeatMs = 15_000;
const recheckMs = 5_000;
const catchUpLimit = 2_000;
const stuckBytes = 1_000_000;

/** What a viewer listens to: the same keys that scope their reads. */
export function keysOf(actor: Actor): string[] {
  const scope = scopeOf(actor);
  return [
    ...scope.areas.map((a) => `a:${a}`),
    ...scope.units.map((u) => `u:${u}`),
    ...(scope.accountId === null ? [] : [`p:${scope.accountId}`]),
  ];
}

function frame(line: LedgerNews, bare = false): string {
  const change = {
    seq: line.seq,
    at: new Date(line.atMs).toISOString(),
    action: line.action,
    subjectType: line.subjectType,
    subjectId: bare ? '' : line.subjectId,
    entryId: line.entryId,
    actorId: bare ? null : line.actorId,
    data: bare ? {} : line.data,
  };
  return `id: ${line.seq}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`;
}

/** Tells every connected viewer of every change they may see, once and in order. */
export function createLiveHub(source: LiveSource) {
  const byKey = new Map<string, Set<Viewer>>();
  const viewers = new Set<Viewer>();

  function join(viewer: Viewer): void {
    viewers.add(viewer);
    for (const key of viewer.keys) {
      const set = byKey.get(key) ?? new Set();
      set.add(viewer);
      byKey.set(key, set);
    }
  }

  function leave(viewer: Viewer): void {
    viewers.delete(viewer);
    for (const key of viewer.keys) {
      const set = byKey.get(key);
      set?.delete(viewer);
      if (set?.size === 0) byKey.delete(key);
    }
  }

  function send(viewer: Viewer, seq: number, text: string): void {
    if (seq <= viewer.lastSeq) return;
    viewer.lastSeq = seq;
    viewer.out.write(text);
    if (viewer.out.writableLength > stuckBytes) viewer.out.destroy(); // it reconnects with its last id and loses nothing
  }

  const unsubscribe = source.subscribe((lines) => {
    for (const line of lines) {
      const told = new Set<Viewer>();
      let text: string | null = null;
      for (const key of line.audience) {
        for (const viewer of byKey.get(key) ?? []) {
          if (told.has(viewer)) continue;
          told.add(viewer);
          if (viewer.waiting !== null) viewer.waiting.push(line);
          else send(viewer, line.seq, viewer.bare ? frame(line, true) : (text ??= frame(line)));
        }
      }
    }
  });

  const heartbeat = setInterval(() => {
    for (const viewer of viewers) viewer.out.write(': ok\n\n');
  }, heartbeatMs);

  async function catchUp(viewer: Viewer, after: number): Promise<void> {
    const wanted = new Set(viewer.keys);
    let cursor = after;
    for (let read = 0; ; read += 500) {
      const lines = await source.readSince(cursor, 500);
      for (const line of lines) {
        cursor = line.seq;
        if (line.audience.some((key) => wanted.has(key))) send(viewer, line.seq, frame(line, viewer.bare));
      }
      if (lines.length < 500) break;
      if (read > catchUpLimit) {
        viewer.out.write(`event: reset\ndata: {}\n\n`); // too far behind to replay: read the lists anew
        viewer.lastSeq = Math.max(viewer.lastSeq, await source.lastSeq());
        break;
      }
    }
    const waiting = viewer.waiting ?? [];
    viewer.waiting = null;
    for (const line of waiting) send(viewer, line.seq, frame(line, viewer.bare));
  }

  return {
    viewers: () => viewers.size,
    /** Streams to `out` until it closes; `after` null means from now on; `bare` keeps ids and facts back. */
    async serve(out: ServerResponse, actor: Actor, after: number | null, bare = false): Promise<() => void> {
      const viewer: Viewer = { out, keys: keysOf(actor), lastSeq: after ?? 0, waiting: [], bare };
      join(viewer);
      out.on('close', () => leave(viewer));
      const start = after ?? (await source.lastSeq());
      viewer.lastSeq = start;
      out.write(`retry: 1000\nid: ${start}\nevent: hello\ndata: {"seq":${start}}\n\n`);
      await catchUp(viewer, start);
      return () => out.end();
    },
    stop(): void {
      clearInterval(heartbeat);
      unsubscribe();
      for (const viewer of viewers) viewer.out.end();
    },
  };
}

export type LiveHub = ReturnType<typeof createLiveHub>;

/** GET /api/live. The session is looked at again every few seconds: a revoked one, or changed appointments, end the stream. */
export function mountLive(app: FastifyInstance, hub: LiveHub, options: MountOptions): void {
  const route = liveRoutes.stream;
  app.get(route.path, async (request, reply) => {
    const ask = async (): Promise<Actor> => (await enter(request, reply, route, options)).actor;
    await stream(hub, request, reply, { after: route.query.parse(request.query).after, ask, bare: false });
  });
}

/** The same for a wall that nobody signs in to: its link says whose changes it hears, and only of what sort they are. */
export function mountKioskLive(app: FastifyInstance, hub: LiveHub, actorOf: (secret: string) => Promise<Actor>): void {
  const route = kioskRoutes.live;
  app.get(route.path, { config: limitOf(route) }, async (request, reply) => {
    const { secret } = route.params.parse(request.params);
    const ask = (): Promise<Actor> => actorOf(secret);
    await stream(hub, request, reply, { after: route.query.parse(request.query).after, ask, bare: true });
  });
}

interface StreamWish {
  after: number | undefined;
  /** Who listens; asked again while the stream runs, and a refusal or another reach ends it. */
  ask: () => Promise<Actor>;
  bare: boolean;
}

async function stream(hub: LiveHub, request: FastifyRequest, reply: FastifyReply, wish: StreamWish): Promise<void> {
  const actor = await wish.ask();
  const lastId = request.headers['last-event-id'];
  const after = typeof lastId === 'string' && /^\d{1,15}$/.test(lastId) ? Number(lastId) : (wish.after ?? null);
  reply.hijack();
  const out = reply.raw;
  out.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  out.socket?.setNoDelay(true);
  const known = keysOf(actor).join();
  const recheck = setInterval(() => {
    wish.ask().then(
      (now) => {
        if (keysOf(now).join() !== known) out.end();
      },
      () => out.end(),
    );
  }, recheckMs);
  out.on('close', () => clearInterval(recheck));
  await hub.serve(out, actor, after, wish.bare).catch((error: unknown) => {
    request.log.error({ err: error }, 'live stream failed');
    out.destroy();
  });
}
