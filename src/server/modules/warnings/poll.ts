/** Sources that are fetched from: one message, or an Atom or RSS feed that points to messages. */
import { isAppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import { largestDocument, readXml, type XmlNode } from '#server/files/xml-tree.ts';
import { takeFrom } from './commands-receive.ts';
import type { WarningsParts } from './parts.ts';
import { claimDue, findSource, noteTurn, type Source, type SourceState } from './store-source.ts';

export interface Turn {
  received: number;
  duplicates: number;
  /** The last thing that went wrong; null when all went well. */
  error: string | null;
}

const timeoutMs = 15_000;
const documentsInATurn = 50;
const remembered = 500;

/** Fetches from every source whose turn it is. Each keeps its own errors; none stops another. */
export async function pollDue(parts: WarningsParts): Promise<void> {
  const due = await parts.database.inTx(systemScope, (tx) => claimDue(tx, new Date(parts.clock.now())));
  for (const id of due) await pollSource(parts, id);
}

/** One turn of one source, whatever its time. The outcome is noted at the source. */
export async function pollSource(parts: WarningsParts, id: string): Promise<Turn> {
  const source = await parts.database.read(systemScope, (tx) => findSource(tx, id));
  if (source === undefined || source.url === null) return { received: 0, duplicates: 0, error: null };
  const turn: Turn = { received: 0, duplicates: 0, error: null };
  const note: Parameters<typeof noteTurn>[3] = { error: null };
  try {
    Object.assign(note, await runTurn(parts, { ...source, url: source.url }, turn));
  } catch (error) {
    turn.error = error instanceof Error ? error.message.slice(0, 500) : 'The source did not answer.';
  }
  note.error = turn.error;
  // After a trouble the whole document is asked for again, so that nothing is passed over.
  if (turn.error !== null) Object.assign(note, { etag: null, lastModified: null });
  await parts.database.inTx(systemScope, (tx) => noteTurn(tx, id, new Date(parts.clock.now()), note));
  return turn;
}

type Polled = Source & { url: string; state: SourceState };

async function runTurn(
  parts: WarningsParts,
  source: Polled,
  turn: Turn,
): Promise<{ etag?: string | null; lastModified?: string | null; seen?: string[] }> {
  const { etag, lastModified } = source.state;
  const headers = {
    accept: 'application/cap+xml, application/atom+xml, application/xml, text/xml',
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  };
  const answer = await parts.fetchDocument(source.url, { headers, maxBytes: largestDocument, timeoutMs });
  if (answer.status === 304) return {};
  if (answer.status !== 200) throw new Error(`Expected HTTP 200 or 304, found ${answer.status}.`);
  const seen = await takeDocument(parts, source, answer.body, turn);
  return { etag: answer.headers['etag'] ?? null, lastModified: answer.headers['last-modified'] ?? null, seen };
}

/** Takes the message, or follows the feed. Returns the addresses that need not be fetched again. */
async function takeDocument(parts: WarningsParts, source: Polled, body: Uint8Array, turn: Turn): Promise<string[]> {
  const links = linksIn(body, source.url);
  if (links === undefined) {
    await takeOne(parts, source, body, turn);
    return source.state.seen;
  }
  const seen = source.state.seen.filter((url) => links.includes(url));
  const open = links.filter((url) => !seen.includes(url)).slice(0, documentsInATurn);
  for (const url of open) {
    try {
      const headers = { accept: 'application/cap+xml, application/xml, text/xml' };
      const answer = await parts.fetchDocument(url, { headers, maxBytes: largestDocument, timeoutMs });
      if (answer.status !== 200) throw new Error(`${url.slice(0, 200)}: expected HTTP 200, found ${answer.status}.`);
      await takeOne(parts, source, answer.body, turn);
      seen.push(url);
    } catch (error) {
      turn.error = error instanceof Error ? error.message.slice(0, 500) : 'A document did not come.';
    }
  }
  if (links.length - seen.length > 0 && turn.error === null)
    turn.error = `${links.length - seen.length} documents of the feed are left for the next turn.`;
  return seen.slice(-remembered);
}

async function takeOne(parts: WarningsParts, source: Polled, body: Uint8Array, turn: Turn): Promise<void> {
  const taken = await takeFrom(parts, source, body);
  if ('error' in taken) turn.error = taken.error.message;
  else if (taken.received.duplicate) turn.duplicates++;
  else turn.received++;
}

/** Addresses a feed points to; undefined for anything that is no feed. */
export function linksIn(body: Uint8Array, base: string): string[] | undefined {
  let root: XmlNode;
  try {
    root = readXml(body);
  } catch (error) {
    if (isAppError(error)) return undefined; // the reader of messages says what is wrong, and the document is kept
    throw error;
  }
  if (root.name !== 'feed' && root.name !== 'rss' && root.name !== 'RDF') return undefined;
  const entries =
    root.name === 'feed'
      ? named(root, 'entry')
      : [root, ...named(root, 'channel')].flatMap((node) => named(node, 'item'));
  const found = entries.flatMap((entry) => {
    const links = named(entry, 'link');
    const best =
      links.find(({ attributes }) => /cap/i.test(attributes['type'] ?? '')) ??
      links.find(({ attributes }) => (attributes['rel'] ?? 'alternate') === 'alternate');
    const href = best === undefined ? '' : (best.attributes['href'] ?? best.text);
    return href !== '' && URL.canParse(href, base) ? [new URL(href, base).href] : [];
  });
  return [...new Set(found)].filter((url) => /^https?:/.test(url)).slice(0, remembered);
}

function named(node: XmlNode, name: string): XmlNode[] {
  return node.children.filter((child) => child.name === name);
}
