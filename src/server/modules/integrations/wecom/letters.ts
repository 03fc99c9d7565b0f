import { isAppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import type { WecomApi } from './api.ts';
import { WecomFault, type Fault } from './callback.ts';
import { readMessage, type WecomMessage } from './message.ts';
import type { WecomParts } from './parts.ts';
import { sealedAt } from './sealed-at.ts';
import { toSettings } from './settings.ts';
import { noteFault, noteMessage, putOff, settleLetter, takeLetters, type Letter } from './store.ts';

/** Waits between the tries to fetch a photo; after the last the message is read without it. */
const patienceMs = [5_000, 30_000, 120_000, 600_000];
const atOnce = 20;
/** A letter that is being read is not taken again before this. */
const holdMs = 120_000;
const lostPhoto = '〔照片未能取回，请在企业微信中查看〕';

/** Reads what is due, one after the other: an author's messages stay in their order. Answers how many were read. */
export async function readLetters(parts: WecomParts, api: WecomApi): Promise<number> {
  const { database, clock } = parts;
  const now = new Date(clock.now());
  const putOffTo = new Date(now.getTime() + holdMs);
  const letters = await database.inTx(systemScope, (tx) => takeLetters(tx, now, putOffTo, atOnce));
  let read = 0;
  for (const letter of letters) {
    try {
      if (await readOne(parts, api, letter)) read++;
    } catch (error) {
      parts.log(error, 'A message of WeCom could not be given to its group; it is tried again.');
    }
  }
  return read;
}

/** False when it was put off. */
async function readOne(parts: WecomParts, api: WecomApi, letter: Letter): Promise<boolean> {
  const message = readMessage(parts.vault.open(letter.body, sealedAt));
  const secrets = await parts.groups.secretsOf(letter.groupId);
  if (message === undefined || secrets === undefined) return settle(parts, letter, undefined);
  const photos = await photosOf(api, secrets, message);
  if (!(photos instanceof WecomFault)) return settle(parts, letter, await give(parts, letter, message, photos));
  const wait = patienceMs[letter.tries - 1];
  if (wait === undefined) {
    await give(parts, letter, message, undefined);
    return settle(parts, letter, photos.fault);
  }
  const nowMs = parts.clock.now();
  await parts.database.inTx(systemScope, async (tx) => {
    await noteFault(tx, letter.groupId, photos.fault, new Date(nowMs));
    await putOff(tx, letter.id, new Date(nowMs + wait));
  });
  return false;
}

async function settle(
  { database, clock }: WecomParts,
  { id, groupId }: Letter,
  fault: Fault | undefined,
): Promise<true> {
  const at = new Date(clock.now());
  await database.inTx(systemScope, async (tx) => {
    await settleLetter(tx, id, at);
    await noteMessage(tx, groupId, at);
    if (fault !== undefined) await noteFault(tx, groupId, fault, at);
  });
  return true;
}

async function photosOf(
  api: WecomApi,
  secrets: Readonly<Record<string, string>>,
  { photos }: WecomMessage,
): Promise<Buffer[] | WecomFault> {
  const found: Buffer[] = [];
  try {
    for (const photo of photos) found.push(await api.photo(toSettings(secrets), photo));
    return found;
  } catch (error) {
    if (error instanceof WecomFault) return error;
    throw error;
  }
}

/** Gives a message to its group. A photo that is none is left out; a group that takes nothing any more is a fault. */
async function give(
  parts: WecomParts,
  letter: Letter,
  message: WecomMessage,
  photos: Buffer[] | undefined,
): Promise<Fault | undefined> {
  const lines = [message.text.trim(), ...(photos === undefined ? [lostPhoto] : [])];
  try {
    await parts.groups.receiveMessage({
      groupId: letter.groupId,
      authorName: message.author,
      authorKey: message.author,
      text: lines.filter((line) => line !== '').join('\n'),
      photos: photos ?? [],
      at: message.atMs === undefined ? letter.receivedAt : new Date(message.atMs),
      sourceRef: letter.messageId,
    });
    return undefined;
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (photos === undefined || photos.length === 0) return 'content';
    await give(parts, letter, message, undefined);
    return 'media';
  }
}
