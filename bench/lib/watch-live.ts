import { get } from 'node:http';

export interface Watcher {
  /** Subject of a change → when it first arrived, by performance.now(). */
  arrivals: ReadonlyMap<string, number>;
  close(): void;
}

/** One desk on the live stream; resolves when the stream has said hello. */
export function watchLive(port: number, cookie: string): Promise<Watcher> {
  const arrivals = new Map<string, number>();
  return new Promise((done, fail) => {
    const request = get({ port, host: '127.0.0.1', path: '/api/live', headers: { cookie }, agent: false }, (answer) => {
      if (answer.statusCode !== 200) return fail(new Error(`The live stream answered ${answer.statusCode}.`));
      let rest = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        const atMs = performance.now();
        const frames = (rest + part).split('\n\n');
        rest = frames.pop() ?? '';
        for (const frame of frames) {
          const subjectId = /"subjectId":"([^"]+)"/.exec(frame)?.[1];
          if (subjectId !== undefined && !arrivals.has(subjectId)) arrivals.set(subjectId, atMs);
          else if (frame.includes('event: hello')) done({ arrivals, close: () => request.destroy() });
        }
      });
      answer.on('error', () => undefined);
    });
    request.on('error', fail);
  });
}
