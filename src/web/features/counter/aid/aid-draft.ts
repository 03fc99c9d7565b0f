import { store } from '#web/field/field-app.ts';
import { shown } from '#web/field/field-state.ts';
import type { Taking, Visitor } from '../counter-api.ts';
import { newRecordId } from '../keep.ts';

/** First aid under way on this tablet. It survives closing the app: nobody has to remember it. */
export interface AidDraft {
  account: string;
  recordId: string;
  stationId: string;
  card: string;
  /** Epoch milliseconds. */
  startedMs: number;
  steps: readonly string[];
  visitor: Visitor | null;
  /** Given, and not yet sent with the record. */
  take: readonly Taking[];
  /** Given and sent. */
  taken: readonly Taking[];
  consent: boolean;
  calledMs: number | null;
  serious: boolean;
  /** The record is on its way: what comes now goes with the end. */
  recorded: boolean;
}

/** By code of the card: somebody may faint while another is being looked after. */
interface Drafts {
  account: string;
  open: Readonly<Record<string, AidDraft>>;
}

export const aidDrafts = shown<Drafts>({ account: '', open: {} });
const keyOf = (account: string): string => `aid:${account}`;

/** What this person left open here. */
export async function readAids(account: string): Promise<void> {
  if (aidDrafts.get().account === account) return;
  const kept = await store.readKept<Drafts['open']>(keyOf(account)).catch(() => undefined);
  if (aidDrafts.get().account !== account) aidDrafts.set({ account, open: kept ?? {} });
}

export async function saveAid(draft: AidDraft): Promise<void> {
  await put(draft.account, { ...aidDrafts.get().open, [draft.card]: draft });
}

export async function forgetAid({ account, card }: AidDraft): Promise<void> {
  const { [card]: _ended, ...open } = aidDrafts.get().open;
  await put(account, open);
}

async function put(account: string, open: Drafts['open']): Promise<void> {
  aidDrafts.set({ account, open });
  await store.keep(keyOf(account), open);
}

/** Something was done, so it has to be ended; a card that was only looked at is not. */
export function isBegun({ recorded, steps, take, calledMs }: AidDraft): boolean {
  return recorded || steps.length > 0 || take.length > 0 || calledMs !== null;
}

export function beginAid(account: string, stationId: string, card: string): AidDraft {
  return {
    account,
    recordId: newRecordId(),
    stationId,
    card,
    startedMs: Date.now(),
    steps: [],
    visitor: null,
    take: [],
    taken: [],
    consent: false,
    calledMs: null,
    serious: false,
    recorded: false,
  };
}

/** One more of an item. */
export function withOne(take: readonly Taking[], itemCode: string): Taking[] {
  const before = take.find((one) => one.itemCode === itemCode)?.quantity ?? 0;
  return [...take.filter((one) => one.itemCode !== itemCode), { itemCode, quantity: before + 1 }];
}

/** One fewer; none left is no longer listed. */
export function withoutOne(take: readonly Taking[], itemCode: string): Taking[] {
  return take
    .map((one) => (one.itemCode === itemCode ? { ...one, quantity: one.quantity - 1 } : one))
    .filter(({ quantity }) => quantity > 0);
}

export function countOf(take: readonly Taking[], itemCode: string): number {
  return take.find((one) => one.itemCode === itemCode)?.quantity ?? 0;
}
