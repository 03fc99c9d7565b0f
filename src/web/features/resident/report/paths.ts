/** Addresses of the report's steps; the phone's back button walks them. */
export const reportPaths = {
  what: '/report',
  place: '/report/place',
  send: '/report/send',
  sent: '/report/sent',
} as const;
