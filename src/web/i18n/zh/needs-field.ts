/** A need written down on the way, in the field app. */
export const needsFieldZh = {
  title: '记一条需求',
  lead: '居民说附近缺什么，记一句就行。没有网也能记。',
  text: '居民怎么说的',
  hint: '例如：买菜要爬坡，老人提不动。不写姓名、电话和门牌。',
  left: (n: number) => `还可以写 ${n} 个字`,
  whom: '主要为谁',
  groups: {
    all: '全体居民',
    elder: '老年人',
    child: '儿童',
    disabled: '残障人士',
    newcomer: '新就业群体',
    worker: '上班族',
  },
  people: '为多少人说的',
  area: '在哪里',
  choose: '请选择',
  here: '记下这里的位置（可不记）',
  found: '已记下位置',
  send: '记下',
  kept: '已记下，有网时自动上传。',
};
