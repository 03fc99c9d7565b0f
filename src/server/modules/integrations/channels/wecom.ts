import type { Outgoing } from '#server/net/guarded-fetch.ts';
import { ChannelError, type Channel } from '#server/modules/notices/index.ts';
import { cutBytes, readVerdict, sendRequest } from './send.ts';

const tooMany = 45009;
const maxBytes = 4096;

/** WeCom (企业微信) group robot: 20 messages a minute, Markdown up to 4096 bytes. Address: {url}. */
export function createWecom(outgoing: Outgoing): Channel {
  return {
    name: 'wecom',
    limits: { perMinute: 20, mergeUpTo: 20 },
    async send({ url = '' }, message) {
      const list = message.lines.length === 1 ? '' : message.lines.map((line) => `\n> ${line}`).join('');
      const link = `\n[查看](${message.url})`;
      const content = cutBytes(`**${message.title}**${list}`, maxBytes - Buffer.byteLength(link)) + link;
      const answer = await sendRequest(outgoing, url, {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ msgtype: 'markdown', markdown: { content } }),
      });
      const verdict = readVerdict(answer);
      if (verdict === 0) return;
      if (verdict === tooMany) throw new ChannelError('too many messages', { retryAfterMs: 60_000 });
      throw new ChannelError(`errcode ${verdict}`, { permanent: true });
    },
  };
}
