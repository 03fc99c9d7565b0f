export { ChannelError, type Address, type Channel, type Message } from './channel.ts';
export { createNotices, keepSealedKey, type Notices } from './notices.ts';
