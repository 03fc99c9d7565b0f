import { AppError } from '#kit/errors.ts';
import { isUuid, uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import { createWecomApi } from './api.ts';
import { openCall, sealedIn, WecomFault, type CallbackQuery, type Fault } from './callback.ts';
import { readLetters } from './letters.ts';
import { readMessage } from './message.ts';
import type { WecomParts } from './parts.ts';
import { sealedAt } from './sealed-at.ts';
import { toSettings, type Settings } from './settings.ts';
import { forgetLetters, keepLetter, noteFault, noteVerified } from './store.ts';

/** Groups on WeCom: what is said there comes in, what is said here goes out. */
export interface Wecom {
  /** WeCom asks whether the address is ours: the text it sealed. @throws AppError not_found whatever is wrong */
  verify(groupId: string, query: CallbackQuery): Promise<string>;
  /** A message: kept before the answer goes out, read later. @throws AppError not_found whatever is wrong */
  receive(groupId: string, query: CallbackQuery, body: Uint8Array): Promise<void>;
  /** Reads what is due: fetches photos, gives messages to groups. Answers how many. */
  readDue(): Promise<number>;
  /** Says something in a group there. @throws ChannelError */
  say(secrets: Readonly<Record<string, string>>, text: string): Promise<void>;
  /** Asks WeCom whether corp id and secret fit. @throws WecomFault access */
  trial(settings: Settings): Promise<void>;
  sweep(): Promise<void>;
}

const keptDays = 7;
const dayMs = 86_400_000;

export function createWecomBridge(parts: WecomParts): Wecom {
  const { database, vault, clock, outgoing, groups } = parts;
  const api = createWecomApi(outgoing, clock);

  /** Whoever knocks learns nothing; whoever set the bridge up sees why. */
  async function atTheDoor<T>(groupId: string, work: (settings: Settings) => Promise<T>): Promise<T> {
    const secrets = isUuid(groupId) ? await groups.secretsOf(groupId) : undefined;
    if (secrets === undefined) throw nothingHere();
    try {
      return await work(toSettings(secrets));
    } catch (error) {
      if (!(error instanceof WecomFault)) throw error;
      await note(groupId, error.fault);
      throw nothingHere();
    }
  }

  function note(groupId: string, fault: Fault): Promise<void> {
    return database.inTx(systemScope, (tx) => noteFault(tx, groupId, fault, new Date(clock.now())));
  }

  return {
    verify: (groupId, query) =>
      atTheDoor(groupId, async (settings) => {
        const sealed = typeof query['echostr'] === 'string' ? query['echostr'] : '';
        // A plus sign that was not written as %2B arrives as a space.
        const echo = openCall(settings, query, sealed.replaceAll(' ', '+'), clock.now());
        await database.inTx(systemScope, (tx) => noteVerified(tx, groupId, new Date(clock.now())));
        return echo;
      }),
    receive: (groupId, query, body) =>
      atTheDoor(groupId, async (settings) => {
        const plain = openCall(settings, query, sealedIn(body), clock.now());
        const message = readMessage(plain);
        if (message === undefined) return;
        if (settings.chatId !== '' && message.chatId !== settings.chatId) throw new WecomFault('receiver');
        const nowMs = clock.now();
        const letter = { id: uuidV7(nowMs), groupId, messageId: message.id, at: new Date(nowMs) };
        const sealed = vault.seal(plain, sealedAt);
        await database.inTx(systemScope, (tx) => keepLetter(tx, { ...letter, body: sealed }));
      }),
    readDue: () => readLetters(parts, api),
    say: (secrets, text) => api.say(toSettings(secrets), text),
    trial: (settings) => api.trial(settings),
    sweep: () => database.inTx(systemScope, (tx) => forgetLetters(tx, new Date(clock.now() - keptDays * dayMs))),
  };
}

function nothingHere(): AppError {
  return new AppError('not_found', 'There is nothing here.');
}
