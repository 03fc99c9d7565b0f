import { dayOf, shanghaiMs } from '#kit/shanghai-days.ts';

/** ISO instant → what a datetime-local field shows in Shanghai; '' stays ''. */
export function toLocal(iso: string): string {
  return iso === '' ? '' : new Date(Date.parse(iso) + shanghaiMs).toISOString().slice(0, 16);
}

/** The reverse. */
export function fromLocal(local: string): string {
  return local === '' ? '' : new Date(Date.parse(`${local}:00Z`) - shanghaiMs).toISOString();
}

/** 09:00 in Shanghai. */
export function clockOf(iso: string): string {
  return new Date(Date.parse(iso) + shanghaiMs).toISOString().slice(11, 16);
}

/** The day in Shanghai of an ISO instant or of epoch milliseconds, 'YYYY-MM-DD'. */
export function dayIn(at: string | number): string {
  return dayOf(new Date(at).getTime());
}

/** The day it is in Shanghai. */
export function todayHere(): string {
  return dayOf(Date.now());
}
