const shanghaiMs = 8 * 3_600_000;

/** ISO instant → what a datetime-local field shows in Shanghai; '' stays ''. */
export function toLocal(iso: string): string {
  return iso === '' ? '' : new Date(Date.parse(iso) + shanghaiMs).toISOString().slice(0, 16);
}

/** The reverse. */
export function fromLocal(local: string): string {
  return local === '' ? '' : new Date(Date.parse(`${local}:00Z`) - shanghaiMs).toISOString();
}
