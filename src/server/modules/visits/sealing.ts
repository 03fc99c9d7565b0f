import { visitForm, type VisitForm } from '#contract/visits.ts';
import type { Vault } from '#server/vault/vault.ts';

type Column = 'visit_person.form' | 'visit.changes' | 'visit.note';

/** Answers are personal, often of health: they are kept sealed as JSON. */
export function sealForm(vault: Vault, form: Partial<VisitForm>, column: Column): Buffer {
  return vault.seal(JSON.stringify(form), column);
}

/** @throws Error when a value was changed or belongs elsewhere */
export function openForm(vault: Vault, sealed: Uint8Array | null): VisitForm | null {
  return sealed === null ? null : visitForm.parse(JSON.parse(vault.open(sealed, 'visit_person.form')));
}

/** What one try changed. @throws Error when a value was changed or belongs elsewhere */
export function openChanges(vault: Vault, sealed: Uint8Array | null): Partial<VisitForm> {
  return sealed === null ? {} : visitForm.partial().parse(JSON.parse(vault.open(sealed, 'visit.changes')));
}

export function sealText(vault: Vault, text: string, column: Column): Buffer | null {
  return text === '' ? null : vault.seal(text, column);
}

export function openText(vault: Vault, sealed: Uint8Array | null, column: Column): string {
  return sealed === null ? '' : vault.open(sealed, column);
}
