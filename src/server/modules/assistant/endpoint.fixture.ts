/** A local server that speaks the protocol of OpenAI's chat completions, well or badly, and keeps what it was sent. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Sent {
  url: string;
  headers: IncomingMessage['headers'];
  text: string;
  body: { model?: string; messages?: { role: string; content: string }[]; response_format?: unknown; tools?: unknown };
}

/** How the next requests are answered. */
export type Behaviour =
  | { answer: unknown }
  | { content: string }
  | 'slow'
  | 'broken_json'
  | 'no_choices'
  | 'too_many'
  | 'broken_server'
  | 'huge'
  | 'no_schemas'
  | { redirect: string };

export interface Endpoint {
  baseUrl: string;
  sent: Sent[];
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

export async function startEndpoint(): Promise<Endpoint> {
  let behaviour: Behaviour = 'broken_server';
  const sent: Sent[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString('utf8')));
    request.on('end', () => {
      const body = JSON.parse(text === '' ? '{}' : text) as Sent['body'];
      sent.push({ url: request.url ?? '', headers: request.headers, text, body });
      respond(response, behaviour, body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    sent,
    behave(next) {
      behaviour = next;
      sent.length = 0;
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

function respond(response: ServerResponse, behaviour: Behaviour, body: Sent['body']): void {
  const json = (status: number, value: unknown): void =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  const message = (content: string) =>
    json(200, {
      id: 'x',
      choices: [{ index: 0, message: { role: 'assistant', content, tool_calls: [] }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 321, completion_tokens: 45, total_tokens: 366 },
    });
  if (typeof behaviour === 'object') {
    if ('redirect' in behaviour) response.writeHead(307, { location: behaviour.redirect }).end();
    else message('content' in behaviour ? behaviour.content : JSON.stringify(behaviour.answer));
    return;
  }
  switch (behaviour) {
    case 'slow':
      return;
    case 'broken_json':
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices": [');
      return;
    case 'no_choices':
      return json(200, { choices: [] });
    case 'too_many':
      return json(429, { error: { message: 'slow down' } });
    case 'broken_server':
      return json(500, { error: { message: 'oops' } });
    case 'huge':
      return message('x'.repeat(400_000));
    case 'no_schemas':
      return body.response_format === undefined
        ? message('```json\n{"summary": "树已扶正。"}\n```')
        : json(400, { error: { message: 'response_format is not supported' } });
  }
}
