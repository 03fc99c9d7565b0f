import type { z } from 'zod';
import {
  alarmMessage,
  readingMessage,
  statusMessage,
  type AlarmMessage,
  type DeviceTopic,
  type ReadingMessage,
  type StatusMessage,
} from '#contract/device-messages.ts';

export type Parsed =
  | { topic: 'readings'; message: ReadingMessage }
  | { topic: 'alarm'; message: AlarmMessage }
  | { topic: 'status'; message: StatusMessage };

/** Larger bodies are refused without a look; the broker has its own, smaller limit. */
const largestBytes = 64 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads one message, or says in one sentence what was expected and found. */
export function parseMessage(topic: DeviceTopic, body: Buffer): Parsed | { refusal: string } {
  if (body.length > largestBytes)
    return { refusal: `Expected at most ${largestBytes} bytes, found ${body.length}. Send fewer values at once.` };
  let json: unknown;
  try {
    json = JSON.parse(utf8.decode(body));
  } catch {
    return { refusal: 'Expected one JSON document in UTF-8, found something else. See docs/mqtt.md.' };
  }
  switch (topic) {
    case 'readings':
      return settle(readingMessage, json, (message) => ({ topic, message }));
    case 'alarm':
      return settle(alarmMessage, json, (message) => ({ topic, message }));
    case 'status':
      return settle(statusMessage, json, (message) => ({ topic, message }));
  }
}

function settle<T extends z.ZodType>(
  schema: T,
  json: unknown,
  wrap: (message: z.output<T>) => Parsed,
): Parsed | { refusal: string } {
  const found = schema.safeParse(json);
  if (found.success) return wrap(found.data);
  const first = found.error.issues[0];
  const field = first?.path.join('.') ?? '';
  return { refusal: `${field === '' ? 'message' : field}: ${first?.message ?? 'not as expected'}`.slice(0, 500) };
}
