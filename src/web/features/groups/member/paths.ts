/** Addresses of the members' pages. The link's secret stands only in the first. */
export const groupPath = (id: string): string => `/groups/${id}`;
export const minePath = '/groups';
