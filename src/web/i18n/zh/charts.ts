/** Words of the small charts. */
export const chartsZh = {
  none: '这段时间没有数据。',
  asTable: '看数据表',
  tableOf: (title: string) => `数据表：${title}`,
  open: (name: string, n: string) => `${name}：${n}，打开明细`,
  when: '时间',
  what: '项目',
  note: '说明',
  notTold: '人数太少，不显示',
  comma: '，',
  was: '实际',
  expected: '预计',
  interval: '多半落在',
  from: '从',
  to: '到',
  cases: '件数',
  back: (n: string) => `另有 ${n} 条往回走的流向没有画出，见数据表。`,
};
