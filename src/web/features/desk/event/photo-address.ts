export function photoAddress(id: string, size: 'full' | 'thumb'): string {
  return `/api/attachments/${id}?size=${size}`;
}
