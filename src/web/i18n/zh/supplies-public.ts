/** Whoever scans the label of a lent thing. */
export const suppliesPublicZh = {
  title: (item: string) => `这是驿站借出的${item}`,
  label: (number: string) => `标签 ${number}`,
  lead: '用完请还到任何一座小红伞驿站，不收押金，也不用报姓名。下面先列现在开放的驿站。',
  unknown: '这个标签号没有登记。要是捡到的，请交到下面任何一座开放的驿站，谢谢。',
  bring: '我在柜台，登记归还',
};
