import { childText, jsonOf, WecomFault, xmlOf } from './callback.ts';

/** Where a photo lies: a media id of the application, or an address whose content is sealed under the bridge's key. */
export type Photo = { mediaId: string } | { url: string };

/** What somebody wrote. */
export interface WecomMessage {
  /** The same at every repetition. */
  id: string;
  /** Their id in WeCom. */
  author: string;
  /** The chat it was said in; empty for what was written to an application. */
  chatId: string;
  text: string;
  photos: Photo[];
  /** Epoch milliseconds; undefined where WeCom does not say. */
  atMs?: number;
}

/** Kinds that carry neither words nor a photo are named, so that nothing said is lost without a trace. */
const kinds: Readonly<Record<string, string>> = {
  voice: '语音',
  video: '视频',
  file: '文件',
  link: '链接',
  location: '位置',
};

function placeholder(kind: string): string {
  return `〔${kinds[kind] ?? '其他'}消息，请在企业微信中查看〕`;
}

/** A message out of what was sealed; undefined for events, which are no messages. @throws WecomFault content */
export function readMessage(plain: string): WecomMessage | undefined {
  return plain.trimStart().startsWith('{') ? fromRobot(jsonOf(plain)) : fromApp(plain);
}

function fromApp(plain: string): WecomMessage | undefined {
  const node = xmlOf(Buffer.from(plain));
  const text = (name: string) => childText(node, name);
  const kind = text('MsgType');
  if (kind === 'event') return undefined;
  const photo = kind === 'image' ? text('MediaId') : '';
  const seconds = Number(text('CreateTime'));
  return checked({
    id: text('MsgId'),
    author: text('FromUserName'),
    chatId: '',
    text: appWords(kind, text),
    photos: photo === '' ? [] : [{ mediaId: photo }],
    ...(seconds > 0 ? { atMs: seconds * 1000 } : {}),
  });
}

function appWords(kind: string, text: (name: string) => string): string {
  if (kind === 'text') return text('Content');
  if (kind === 'image') return '';
  const label = text(kind === 'link' ? 'Title' : 'Label');
  return label === '' ? placeholder(kind) : `${placeholder(kind)} ${label}`;
}

function fromRobot(json: Record<string, unknown>): WecomMessage | undefined {
  const kind = textOf(json['msgtype']);
  if (kind === 'event' || kind === 'stream') return undefined;
  const parts = kind === 'mixed' ? listOf(objectOf(json['mixed'])['msg_item']).map(objectOf) : [json];
  const said = parts.map(robotWords).filter((words) => words !== '');
  return checked({
    id: textOf(json['msgid']),
    author: textOf(objectOf(json['from'])['userid']),
    chatId: textOf(json['chatid']),
    text: said.join('\n'),
    photos: parts.flatMap((part) => {
      const url = textOf(objectOf(part['image'])['url']);
      return url === '' ? [] : [{ url }];
    }),
  });
}

function robotWords(part: Record<string, unknown>): string {
  const kind = textOf(part['msgtype']);
  // In a group every message begins by naming the robot.
  if (kind === 'text') return textOf(objectOf(part['text'])['content']).replace(/^@\S+\s+/, '');
  if (kind === 'voice') return textOf(objectOf(part['voice'])['content']);
  return kind === 'image' ? '' : placeholder(kind);
}

function checked(message: WecomMessage): WecomMessage {
  const { id, author, text, photos } = message;
  if (id === '' || id.length > 128 || author === '' || author.length > 128) throw new WecomFault('content');
  if (text.trim() === '' && photos.length === 0) throw new WecomFault('content');
  return message;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, 20) : [];
}
