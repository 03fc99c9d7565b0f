import { daysBetween } from '#kit/shanghai-days.ts';
import type { AgreementState, PartnerState } from '#contract/partners-words.ts';
import { earlier } from './rules-days.ts';

/** Decisions that need no database. */

export interface AgreementDays {
  fromDay: string;
  toDay: string;
  signedOn: string | null;
  endedOn: string | null;
  /** A signed one that takes over when it ends. */
  followed: boolean;
}

/** The state of one agreement on a day; it follows from its days and is stored nowhere. */
export function agreementState(agreement: AgreementDays, day: string, endingDays: number): AgreementState {
  const { fromDay, toDay, signedOn, endedOn, followed } = agreement;
  if (signedOn === null) return 'draft';
  const last = earlier(toDay, endedOn);
  // Ended before it began, it holds no day.
  if (day > last || last < fromDay) return 'ended';
  if (day < fromDay) return 'waiting';
  return !followed && daysBetween(day, last) <= endingDays ? 'ending' : 'running';
}

/** What says most about a partner comes first. */
const weight: readonly AgreementState[] = ['running', 'ending', 'waiting', 'draft', 'ended'];

/** The agreement that speaks for a partner: the one that runs, else the next, else a draft, else the latest that ended. */
export function leading<A extends { state: AgreementState; fromDay: string }>(agreements: readonly A[]): A | undefined {
  return agreements.toSorted(
    (a, b) => weight.indexOf(a.state) - weight.indexOf(b.state) || (a.fromDay < b.fromDay ? 1 : -1),
  )[0];
}

/** The state of a partner: of its leading agreement, until it has left. */
export function partnerState(
  exitDay: string | null,
  agreements: readonly { state: AgreementState; fromDay: string }[],
  day: string,
): PartnerState {
  if (exitDay !== null && day > exitDay) return 'left';
  return leading(agreements)?.state ?? 'draft';
}

/**
 * Which reminder of renewal is due: the smallest of `steps` (days before the end) that has come, unless it or a smaller
 * one was given. Null: none.
 */
export function reminderDue(daysLeft: number, steps: readonly number[], given: number | null): number | null {
  if (daysLeft < 0) return null;
  const come = steps.filter((step) => daysLeft <= step);
  const step = come.length === 0 ? null : Math.min(...come);
  return step === null || (given !== null && given <= step) ? null : step;
}

/** 138****8000; what is short shows its ends only. */
export function maskPhone(phone: string): string {
  return phone.length < 7 ? `${phone.slice(0, 1)}***` : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

/** The family name, where a name has two characters or more. */
export function maskName(name: string): string {
  return `${[...name][0] ?? ''}**`;
}

const creditLetters = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** 统一社会信用代码 (GB 32100-2015): eighteen characters, the last reckoned from the others (weights 3^k mod 31). */
export function isCreditCode(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return false;
  return creditLetters[creditCheck(code)] === code[17];
}

/** Position of the check character for the first seventeen. */
export function creditCheck(code: string): number {
  let weightOf = 1;
  let sum = 0;
  for (const letter of code.slice(0, 17)) {
    sum += creditLetters.indexOf(letter) * weightOf;
    weightOf = (weightOf * 3) % 31;
  }
  return (31 - (sum % 31)) % 31;
}

/** An average only where it points at nobody: null below `few` ratings. One decimal. */
export function averageOf({ n, sum }: { n: number; sum: number }, few: number): number | null {
  return n < few ? null : Math.round((sum / n) * 10) / 10;
}
