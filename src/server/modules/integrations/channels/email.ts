import { createTransport } from 'nodemailer';
import { ChannelError, type Channel } from '#server/modules/notices/index.ts';

export interface Mail {
  /** smtp:// or smtps:// with user and password. */
  url: string;
  /** Sender, such as `Huangge <huangge@example.org>`. */
  from: string;
}

/** E-mail by the operator's own server. Address: {to}. The Message-ID is that of the message: a repeat is recognised. */
export function createEmail({ url, from }: Mail): Channel & { close(): void } {
  const timeouts = { connectionTimeout: 8_000, greetingTimeout: 8_000, socketTimeout: 15_000 };
  const transport = createTransport({ url, pool: true, maxConnections: 2, ...timeouts });
  return {
    name: 'email',
    limits: { perMinute: 10, mergeUpTo: 50 },
    async send({ to = '' }, message) {
      try {
        await transport.sendMail({
          from,
          to,
          subject: message.title,
          text: `${message.lines.join('\n')}\n\n${message.url}\n`,
          messageId: `<${message.id}@huangge>`,
          disableUrlAccess: true,
          disableFileAccess: true,
          ...(message.priority <= 1 ? { priority: 'high' as const } : {}),
        });
      } catch (error) {
        throw toChannelError(error);
      }
    },
    close: () => transport.close(),
  };
}

/** 5xx of a mail server is its last word, except about signing in: that is ours to mend, and the message waits. */
function toChannelError(error: unknown): ChannelError {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  const final = responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH';
  return new ChannelError(responseCode === undefined ? (code ?? 'unreachable') : `SMTP ${responseCode}`, {
    permanent: final,
  });
}
