/** Older than this, an answer that came with the page is not used: a page may be shown again from somebody's store. */
const freshMs = 60_000;

/**
 * The answer to a question that the server put into the page itself (src/server/http/pages-first.ts), as JSON text; undefined
 * when it did not, or when the page is old. Given once: whoever asks again wants a new one.
 */
export function takeAnswer(address: string): string | undefined {
  if (typeof document === 'undefined') return undefined;
  for (const place of document.querySelectorAll<HTMLScriptElement>('script[data-answer]')) {
    if (place.dataset['answer'] !== address) continue;
    place.remove();
    const ageMs = Math.abs(Date.now() - Date.parse(place.dataset['at'] ?? ''));
    return ageMs < freshMs ? (place.textContent ?? undefined) : undefined;
  }
  return undefined;
}
