/**
 * A value as JSON would carry it, with text PostgreSQL and RFC 8785 can hold: half of a surrogate pair (an emoji cut in
 * two) becomes U+FFFD, NUL disappears, absent members disappear.
 */
export function toPlainJson<T>(value: T): T {
  return JSON.parse(toJsonText(value)) as T;
}

/** The text of it; 'null' for nothing at all. */
export function toJsonText(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, member: unknown) =>
    typeof member === 'string' ? cleanText(member) : member,
  );
}

function cleanText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '');
}
