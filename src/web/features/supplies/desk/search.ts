export const shows = ['low', 'expiry', 'recalled', 'overdue'] as const;
export type Show = (typeof shows)[number];

/** Reads the address; what does not fit is left out. */
export function parseSupplySearch(search: Record<string, unknown>): { show?: Show } {
  const show = shows.find((one) => one === search['show']);
  return show === undefined ? {} : { show };
}
