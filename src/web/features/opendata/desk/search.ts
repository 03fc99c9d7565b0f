/** What the address says: a month of an area that is looked at before it is published. */
export interface PublishSearch {
  area?: string;
  month?: string;
}

/** Anything unknown is left out. */
export function parsePublishSearch(search: Record<string, unknown>): PublishSearch {
  const area = String(search['area'] ?? '');
  const month = String(search['month'] ?? '');
  const known = /^\d{6,9}$/.test(area) && /^\d{4}-(0[1-9]|1[0-2])$/.test(month);
  return known ? { area, month } : {};
}
