/** Has this instant gone by? Asked when a row is drawn; lists are read anew often enough for that. */
export function isPast(iso: string): boolean {
  return new Date(iso).getTime() < Date.now();
}
