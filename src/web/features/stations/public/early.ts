/** Asks for what a page will show while the page's own code still travels: one round trip less on a slow phone. */
import { call } from '#web/app/call.ts';
import { stationApi, type StationAnswer, type StationList } from './api.ts';

const begun = new Map<string, Promise<unknown>>();

/** Called once, with the address the reader came by. */
export function beginEarly(path: string): void {
  if (/^\/stations\/?$/.test(path)) begin('list', call(stationApi.list, { query: {} }));
  const code = /^\/s\/([a-z0-9-]+)\/?$/.exec(path)?.[1];
  if (code !== undefined) begin(`one.${code}`, call(stationApi.get, { params: { code } }));
}

function begin(key: string, answer: Promise<unknown>): void {
  // Whoever takes it hears of a failure; until then nobody needs to.
  answer.catch(() => undefined);
  begun.set(key, answer);
}

/** The list, as begun early or asked for now. */
export function askList(signal: AbortSignal): Promise<StationList> {
  return take<StationList>('list') ?? call(stationApi.list, { query: {} }, { signal });
}

/** One station, likewise. */
export function askOne(code: string, signal: AbortSignal): Promise<StationAnswer> {
  return take<StationAnswer>(`one.${code}`) ?? call(stationApi.get, { params: { code } }, { signal });
}

function take<T>(key: string): Promise<T> | undefined {
  const found = begun.get(key) as Promise<T> | undefined;
  begun.delete(key);
  return found;
}
