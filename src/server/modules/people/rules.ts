/** Decisions about people in care that need no database: masks, what is compared, who may change. */
import { AppError } from '#kit/errors.ts';
import { grantsFor, type Actor } from '#server/modules/identity/index.ts';

/** '张三' → '张*', '张三丰' and longer → '张**'. */
export function maskName(name: string): string {
  const signs = [...name.trim()];
  return `${signs[0] ?? ''}${signs.length === 2 ? '*' : '**'}`;
}

/** '13800001234' → '138****1234'; short numbers keep their last two digits. */
export function maskPhone(phone: string): string {
  const signs = [...phone.trim()];
  if (signs.length < 8) return `****${signs.slice(-2).join('')}`;
  return `${signs.slice(0, 3).join('')}****${signs.slice(-4).join('')}`;
}

/** '11010519491231002X' → '1****************X': the first and the last sign of 18. */
export function maskIdNumber(idNumber: string): string {
  return `${idNumber.slice(0, 1)}****************${idNumber.slice(-1)}`;
}

/** The year of birth that an identity number of 18 signs carries. */
export function birthYearOf(idNumber: string): number {
  return Number(idNumber.slice(6, 10));
}

/** What two writings of one name have in common: width and case of letters, no spaces or dots. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·•.]/g, '');
}

/** The digits of a number, without the country code of the mainland. */
export function plainPhone(phone: string): string {
  return phone
    .normalize('NFKC')
    .replace(/[^0-9]/g, '')
    .replace(/^(0086|86)(?=1\d{10}$)/, '');
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** True for 18 signs whose last fits the others (GB 11643). */
export function isIdNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  const sum = weights.reduce((total, weight, k) => total + weight * Number(text[k]), 0);
  return '10X98765432'[sum % 11] === text[17];
}

/**
 * An identity number as it is kept: no spaces, X large.
 * @throws AppError bad_input for one whose check digit does not fit
 */
export function toIdNumber(text: string): string {
  const plain = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  if (isIdNumber(plain)) return plain;
  throw new AppError(
    'bad_input',
    'idNumber: expected 18 digits whose check digit fits. Compare it with the card, or leave it empty.',
    { field: 'idNumber' },
  );
}

/** To about one metre: no finer than anybody points on a map. */
export function toPlace(degrees: number): number {
  return Math.round(degrees * 100_000) / 100_000;
}

/** True when an appointment carries care.edit over an area of this path; the program's own acts always may. */
export function mayEditCare(actor: Actor, path: readonly string[]): boolean {
  return actor.kind === 'system' || grantsFor(actor, 'care.edit', { path, units: [] }).length > 0;
}

/** True when an appointment carries care.restricted over an area of this path. */
export function mayRestrict(actor: Actor, path: readonly string[]): boolean {
  return grantsFor(actor, 'care.restricted', { path, units: [] }).length > 0;
}
