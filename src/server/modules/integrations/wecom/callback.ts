import { readXml, type XmlNode } from '#server/files/xml-tree.ts';
import { isSigned, openEnvelope } from './crypt.ts';
import { receiverOf, type Settings } from './settings.ts';

/** Why a call was turned away: a word for whoever sets the bridge up, never told to the caller. */
export type Fault = 'signature' | 'time' | 'key' | 'receiver' | 'content' | 'media' | 'access';

export class WecomFault extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault);
    this.name = 'WecomFault';
    this.fault = fault;
  }
}

/** The query of a callback, as it was sent. */
export type CallbackQuery = Readonly<Record<string, unknown>>;

/** A call older or newer than this is a replay, or a clock is wrong. WeCom repeats within seconds. */
const windowS = 300;

/** What was sealed in a callback. @throws WecomFault when it is not from WeCom, not for us, or not of now */
export function openCall(settings: Settings, query: CallbackQuery, sealed: string, nowMs: number): string {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '');
  const envelope = { timestamp: text('timestamp'), nonce: text('nonce'), signature: text('msg_signature'), sealed };
  if (!isSigned(settings, envelope)) throw new WecomFault('signature');
  const atS = Number(envelope.timestamp);
  if (!(Math.abs(nowMs / 1000 - atS) <= windowS)) throw new WecomFault('time');
  const opened = openEnvelope(settings, sealed);
  if (opened === undefined) throw new WecomFault('key');
  if (opened.receiver !== receiverOf(settings)) throw new WecomFault('receiver');
  return opened.message;
}

/** The ciphertext in the body of a callback: XML of an application, JSON of a robot. @throws WecomFault content */
export function sealedIn(body: Uint8Array): string {
  const found =
    body[0] === 0x7b ? jsonOf(Buffer.from(body).toString('utf8'))['encrypt'] : childText(xmlOf(body), 'Encrypt');
  if (typeof found !== 'string' || found === '') throw new WecomFault('content');
  return found;
}

/** @throws WecomFault content; a DOCTYPE is refused with everything else that is no plain XML */
export function xmlOf(body: Uint8Array): XmlNode {
  try {
    return readXml(body);
  } catch {
    throw new WecomFault('content');
  }
}

/** @throws WecomFault content */
export function jsonOf(text: string): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found as Record<string, unknown>;
  } catch {
    // no JSON: fall through
  }
  throw new WecomFault('content');
}

export function childText(node: XmlNode, name: string): string {
  return node.children.find((one) => one.name === name)?.text ?? '';
}
