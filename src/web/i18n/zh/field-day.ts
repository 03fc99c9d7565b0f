/** Words of the tasks of the day on the phone: visits and inspections. */
export const fieldDayZh = {
  verb: { visit_record: '走访', inspection_record: '巡查' },
  nextAt: (when: string) => `下次：${when}`,
} as const;
