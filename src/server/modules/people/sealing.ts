import type { Vault } from '#server/vault/vault.ts';
import { plainName, plainPhone, toIdNumber } from './rules.ts';

/** What tells who somebody is, in plain. */
export interface Secrets {
  name: string;
  phone: string | null;
  idNumber: string | null;
  addressDetail: string | null;
  contact: string | null;
}

/** The same as it is kept. */
export interface Sealed {
  name: Buffer;
  phone: Buffer | null;
  idNumber: Buffer | null;
  addressDetail: Buffer | null;
  contact: Buffer | null;
  nameIndex: Buffer;
  phoneIndex: Buffer | null;
  idNumberIndex: Buffer | null;
}

/** Table and column: a sealed value opens only where it was put. */
const at = (column: string) => `care_person.${column}`;

/** Seals every field and makes the blind indexes. @throws AppError bad_input for a wrong identity number */
export function sealSecrets(vault: Vault, secrets: Secrets): Sealed {
  const seal = (text: string | null, column: string): Buffer | null =>
    text === null || text === '' ? null : vault.seal(text, at(column));
  const phone = secrets.phone === null ? '' : plainPhone(secrets.phone);
  const idNumber = secrets.idNumber === null || secrets.idNumber === '' ? null : toIdNumber(secrets.idNumber);
  return {
    name: vault.seal(secrets.name, at('name')),
    phone: seal(secrets.phone, 'phone'),
    idNumber: seal(idNumber, 'id_number'),
    addressDetail: seal(secrets.addressDetail, 'address_detail'),
    contact: seal(secrets.contact, 'contact'),
    nameIndex: nameIndex(vault, secrets.name),
    phoneIndex: phone === '' ? null : phoneIndex(vault, phone),
    idNumberIndex: idNumber === null ? null : vault.blindIndex(idNumber, at('id_number')),
  };
}

export function nameIndex(vault: Vault, name: string): Buffer {
  return vault.blindIndex(plainName(name), at('name'));
}

export function phoneIndex(vault: Vault, phone: string): Buffer {
  return vault.blindIndex(plainPhone(phone), at('phone'));
}

type Locked = Pick<Sealed, 'name' | 'phone' | 'idNumber' | 'addressDetail' | 'contact'>;

/** @throws Error when a value was changed or belongs elsewhere */
export function openSecrets(vault: Vault, sealed: Locked): Secrets {
  const open = (bytes: Buffer | null, column: string) => (bytes === null ? null : vault.open(bytes, at(column)));
  return {
    name: vault.open(sealed.name, at('name')),
    phone: open(sealed.phone, 'phone'),
    idNumber: open(sealed.idNumber, 'id_number'),
    addressDetail: open(sealed.addressDetail, 'address_detail'),
    contact: open(sealed.contact, 'contact'),
  };
}

/** Only the name: what lists need. */
export function openName(vault: Vault, sealed: Uint8Array): string {
  return vault.open(sealed, at('name'));
}
