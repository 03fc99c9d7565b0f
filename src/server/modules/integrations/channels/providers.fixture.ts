import { createServer as createHttp, type IncomingHttpHeaders } from 'node:http';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';

export interface Received {
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What a fake provider does with the next message. */
export type Mood = 'takes' | 'busy' | 'refuses' | 'silent';

export interface FakeProvider {
  port: number;
  received: Received[];
  mood: Mood;
  close(): Promise<void>;
}

/** A provider over HTTP: what it answers in each mood is said by the test. */
export async function fakeHttp(
  answers: Record<Exclude<Mood, 'silent'>, { status: number; body?: string; headers?: Record<string, string> }>,
): Promise<FakeProvider> {
  const server = createHttp((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      provider.received.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) });
      if (provider.mood === 'silent') return request.socket.destroy();
      const { status, body = '', headers = {} } = answers[provider.mood];
      response.writeHead(status, headers).end(body);
    });
  });
  const provider = await listening(server);
  return provider;
}

/** A mail server that speaks just enough SMTP. */
export async function fakeSmtp(): Promise<FakeProvider> {
  const server = createTcp((socket) => converse(socket, () => provider));
  const provider = await listening(server);
  return provider;
}

async function listening(server: Server): Promise<FakeProvider> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    received: [],
    mood: 'takes',
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}

function converse(socket: Socket, provider: () => FakeProvider): void {
  let text = '';
  let inData = false;
  socket.write('220 fake\r\n');
  socket.on('data', (part: Buffer) => {
    text += part.toString('utf8');
    for (;;) {
      const end = inData ? text.indexOf('\r\n.\r\n') : text.indexOf('\r\n');
      if (end < 0) return;
      const piece = text.slice(0, end);
      text = text.slice(end + (inData ? 5 : 2));
      if (inData) {
        inData = false;
        provider().received.push({ url: '', headers: {}, body: Buffer.from(piece) });
        socket.write('250 ok\r\n');
      } else {
        inData = /^DATA/i.test(piece) && provider().mood === 'takes';
        if (provider().mood === 'silent') return void socket.destroy();
        socket.write(reply(piece, provider().mood));
      }
    }
  });
}

function reply(command: string, mood: Mood): string {
  if (/^EHLO/i.test(command)) return '250-fake\r\n250 8BITMIME\r\n';
  if (/^RCPT/i.test(command) && mood === 'busy') return '451 later\r\n';
  if (/^RCPT/i.test(command) && mood === 'refuses') return '550 no such box\r\n';
  if (/^DATA/i.test(command)) return '354 go on\r\n';
  return /^QUIT/i.test(command) ? '221 bye\r\n' : '250 ok\r\n';
}
