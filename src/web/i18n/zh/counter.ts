/** Words of the counter of a station: read with one glance while somebody waits. */
export const counterZh = {
  title: '柜台',
  none: '您现在没有值守的驿站。',
  noneHint: '请站长在“人员”里把您安排到驿站，再刷新。',
  again: '刷新',
  which: '选驿站',
  parts: '驿站平板',
  record: '记服务',
};
