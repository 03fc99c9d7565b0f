import { connect } from 'node:net';

/**
 * One keep-alive connection that sends one request after another: far cheaper than an HTTP library, so that measuring
 * takes little of the machine that is measured. Answers must carry content-length (ours below 2 kB do).
 */
export interface RawClient {
  send(request: string): Promise<{ status: number; body: string }>;
  close(): void;
}

export async function openClient(port: number): Promise<RawClient> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let pending: { done: (answer: { status: number; body: string }) => void; fail: (reason: Error) => void } | undefined;
  let got: Buffer = Buffer.alloc(0);
  await new Promise<void>((done, fail) => socket.once('connect', done).once('error', fail));

  function look(): void {
    const end = got.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = got.toString('latin1', 0, end);
    const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
    if (got.length < end + 4 + length) return;
    const body = got.toString('utf8', end + 4, end + 4 + length);
    got = got.subarray(end + 4 + length);
    const { done } = pending ?? {};
    pending = undefined;
    done?.({ status: Number(head.slice(9, 12)), body });
  }
  function lost(): void {
    pending?.fail(new Error('The connection was lost before the answer came.'));
    pending = undefined;
  }
  socket.on('data', (part: Buffer) => {
    got = got.length === 0 ? part : Buffer.concat([got, part]);
    look();
  });
  socket.on('close', lost).on('error', lost);
  return {
    send(request) {
      return new Promise((done, fail) => {
        if (socket.destroyed) return fail(new Error('The connection is closed.'));
        pending = { done, fail };
        socket.write(request);
      });
    },
    close: () => socket.destroy(),
  };
}

/** A POST with a JSON body as bytes on the wire. */
export function postText(path: string, body: unknown, headers: Record<string, string> = {}): string {
  const text = JSON.stringify(body);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n${lines.join('')}\r\n${text}`;
}
