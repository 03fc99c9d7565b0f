import type { FastifyInstance } from 'fastify';
import type { ServerResponse } from 'node:http';
import { liveRoutes } from '#contract/live.ts';
import { scopeOf, type Actor } from '#server/modules/identity/index.ts';
import type { LedgerNews } from '#server/modules/ledger/index.ts';
import { enter, type MountOptions } from './mount.ts';

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

function frame(line: LedgerNews): string {
  const change = {
    seq: line.seq,
    at: new Date(line.atMs).toISOString(),
    action: line.action,
    subjectType: line.subjectType,
    subjectId: line.subjectId,
    entryId: line.entryId,
    actorId: line.actorId,
    data: line.data,
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
          else send(viewer, line.seq, (text ??= frame(line)));
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
        if (line.audience.some((key) => wanted.has(key))) send(viewer, line.seq, frame(line));
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
    for (const line of waiting) send(viewer, line.seq, frame(line));
  }

  return {
    viewers: () => viewers.size,
    /** Streams to `out` until it closes; `after` null means from now on. */
    async serve(out: ServerResponse, actor: Actor, after: number | null): Promise<() => void> {
      const viewer: Viewer = { out, keys: keysOf(actor), lastSeq: after ?? 0, waiting: [] };
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
    const ctx = await enter(request, reply, route, options);
    const query = route.query.parse(request.query);
    const lastId = request.headers['last-event-id'];
    const after = typeof lastId === 'string' && /^\d{1,15}$/.test(lastId) ? Number(lastId) : (query.after ?? null);
    reply.hijack();
    const out = reply.raw;
    out.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    out.socket?.setNoDelay(true);
    const known = keysOf(ctx.actor).join();
    const recheck = setInterval(() => {
      enter(request, reply, route, options).then(
        (now) => {
          if (keysOf(now.actor).join() !== known) out.end();
        },
        () => out.end(),
      );
    }, recheckMs);
    out.on('close', () => clearInterval(recheck));
    await hub.serve(out, ctx.actor, after).catch((error: unknown) => {
      request.log.error({ err: error }, 'live stream failed');
      out.destroy();
    });
  });
}
