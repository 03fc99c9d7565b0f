/**
 * The search part of addresses, readable in a message: `?status=filed,dispatched&late=true`. Lists are joined by
 * commas; values stay words, and each page turns them into its own types (`validateSearch`).
 */
export function parseSearchText(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

/** The reverse: undefined, null, '' and empty lists are left out. Keys keep their order; with no value left, ''. */
export function toSearchText(search: object): string {
  const parts: string[] = [];
  for (const [key, value] of Object.entries(search as Record<string, unknown>)) {
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) continue;
    const text = Array.isArray(value) ? value.join(',') : String(value);
    // Commas and colons are allowed in a query and read better as they are.
    parts.push(`${encodeURIComponent(key)}=${encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':')}`);
  }
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
