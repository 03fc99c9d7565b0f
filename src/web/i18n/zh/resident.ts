/** Words of the resident's pages: short, without jargon. */
export const residentZh = {
  title: '黄葛',
} as const;
