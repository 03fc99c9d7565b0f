/** The link of this device's volunteer, so that a second shift needs no second form. Storage may be refused. */
const key = 'huangge.volunteer';

export function keptLink(): string | null {
  try {
    const found = localStorage.getItem(key);
    return found !== null && /^[A-Za-z0-9_-]{20,100}$/.test(found) ? found : null;
  } catch {
    return null;
  }
}

/** null forgets it. */
export function keepLink(secret: string | null): void {
  try {
    if (secret === null) localStorage.removeItem(key);
    else localStorage.setItem(key, secret);
  } catch {
    // Refused storage only means that the link must be bookmarked.
  }
}
