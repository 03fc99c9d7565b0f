import type { Vault } from '#server/vault/vault.ts';
import { birthYearOf, plainName, plainPhone, toIdNumber } from './rules.ts';

/** What tells who somebody is and how they are, in plain. */
export interface Secrets {
  name: string;
  phone: string | null;
  idNumber: string | null;
  addressDetail: string | null;
  contact: string | null;
  guardian: string | null;
  health: string | null;
  birthYear: number | null;
}

export type SealedField = keyof Secrets;

/** The same as it is kept. */
export type Locked = { [F in SealedField]: F extends 'name' ? Buffer : Buffer | null };

export interface Sealed extends Locked {
  nameIndex: Buffer;
  phoneIndex: Buffer | null;
  idNumberIndex: Buffer | null;
}

const columnOf = {
  name: 'name',
  phone: 'phone',
  idNumber: 'id_number',
  addressDetail: 'address_detail',
  contact: 'contact',
  guardian: 'guardian',
  health: 'health',
  birthYear: 'birth_year',
} as const satisfies Record<SealedField, string>;

/** Table and column: a sealed value opens only where it was put. */
const at = (column: string) => `care_person.${column}`;

/**
 * Seals every field and makes the blind indexes. The year of birth follows from the identity number where there is one.
 * @throws AppError bad_input for a wrong identity number
 */
export function sealSecrets(vault: Vault, secrets: Secrets): Sealed {
  const seal = (text: string | null, column: string): Buffer | null =>
    text === null || text === '' ? null : vault.seal(text, at(column));
  const phone = secrets.phone === null ? '' : plainPhone(secrets.phone);
  const idNumber = secrets.idNumber === null || secrets.idNumber === '' ? null : toIdNumber(secrets.idNumber);
  const birthYear = yearOf(idNumber, secrets.birthYear);
  return {
    name: vault.seal(secrets.name, at('name')),
    phone: seal(secrets.phone, 'phone'),
    idNumber: seal(idNumber, 'id_number'),
    addressDetail: seal(secrets.addressDetail, 'address_detail'),
    contact: seal(secrets.contact, 'contact'),
    guardian: seal(secrets.guardian, 'guardian'),
    health: seal(secrets.health, 'health'),
    birthYear: birthYear === null ? null : vault.seal(String(birthYear), at('birth_year')),
    nameIndex: nameIndex(vault, secrets.name),
    phoneIndex: phone === '' ? null : phoneIndex(vault, phone),
    idNumberIndex: idNumber === null ? null : vault.blindIndex(idNumber, at('id_number')),
  };
}

/** Whoever changes a wrong identity number changes the year with it: what was kept before does not stand against it. */
function yearOf(idNumber: string | null, given: number | null): number | null {
  return idNumber === null ? given : birthYearOf(idNumber);
}

export function nameIndex(vault: Vault, name: string): Buffer {
  return vault.blindIndex(plainName(name), at('name'));
}

export function phoneIndex(vault: Vault, phone: string): Buffer {
  return vault.blindIndex(plainPhone(phone), at('phone'));
}

/** One field in plain; null when nothing is kept. @throws Error when the value was changed or belongs elsewhere */
export function openField(vault: Vault, sealed: Locked, field: SealedField): string | null {
  const bytes = sealed[field];
  return bytes === null ? null : vault.open(bytes, at(columnOf[field]));
}

/** Everything in plain, for changing a record: never for a view. @throws Error when a value was changed or belongs elsewhere */
export function openSecrets(vault: Vault, sealed: Locked): Secrets {
  const open = (field: SealedField) => openField(vault, sealed, field);
  const year = open('birthYear');
  return {
    name: vault.open(sealed.name, at('name')),
    phone: open('phone'),
    idNumber: open('idNumber'),
    addressDetail: open('addressDetail'),
    contact: open('contact'),
    guardian: open('guardian'),
    health: open('health'),
    birthYear: year === null ? null : Number(year),
  };
}
