import type { Vault } from '#server/vault/vault.ts';
import { maskName, maskPhone } from './rules.ts';
import type { SealedContact } from './store-partner.ts';

/** Names and telephones of those who answer for a partner: sealed at rest, masked in every answer but one. */

const nameContext = 'partner.contact_name';
const phoneContext = 'partner.contact_phone';
const askedName = 'partner.asked_contact_name';
const askedPhone = 'partner.asked_contact_phone';

export interface Contact {
  name: string;
  phone: string;
}

/** Digits only, so that it is found however it is written. */
export function phoneIndex(vault: Vault, phone: string): Buffer {
  return vault.blindIndex(phone.replaceAll(/[^0-9+]/g, ''), phoneContext);
}

export function sealContact(vault: Vault, { name, phone }: Contact): SealedContact {
  return {
    name: vault.seal(name, nameContext),
    phone: vault.seal(phone, phoneContext),
    phoneIndex: phoneIndex(vault, phone),
  };
}

export function sealAsked(vault: Vault, { name, phone }: Contact): { name: Buffer; phone: Buffer } {
  return { name: vault.seal(name, askedName), phone: vault.seal(phone, askedPhone) };
}

export function openContact(
  vault: Vault,
  { contactName, contactPhone }: { contactName: Buffer | null; contactPhone: Buffer | null },
): Contact | null {
  if (contactName === null || contactPhone === null) return null;
  return { name: vault.open(contactName, nameContext), phone: vault.open(contactPhone, phoneContext) };
}

export function openAsked(
  vault: Vault,
  row: { askedContactName: Buffer | null; askedContactPhone: Buffer | null },
): Contact | null {
  if (row.askedContactName === null || row.askedContactPhone === null) return null;
  return { name: vault.open(row.askedContactName, askedName), phone: vault.open(row.askedContactPhone, askedPhone) };
}

export function masked(contact: Contact | null): Contact | null {
  return contact === null ? null : { name: maskName(contact.name), phone: maskPhone(contact.phone) };
}

/** Told to the partner and whenever it is asked for again; stored nowhere. A new round is another secret. */
export function partnerSecret(vault: Vault, { id, linkRound }: { id: string; linkRound: number }): string {
  return vault.deriveSecret(`${id} ${linkRound}`, 'partner');
}
