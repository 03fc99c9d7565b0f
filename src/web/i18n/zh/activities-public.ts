/** Coming activities on the public page of a station. */
export const activitiesPublicZh = {
  title: '近期活动',
  none: '近期没有活动。',
  with: (partner: string) => `与${partner}一起办`,
  places: (n: string) => `名额 ${n}`,
  cancelled: '已取消',
  calendar: '加入日历',
  calendarOf: (title: string) => `把“${title}”加入日历`,
};
