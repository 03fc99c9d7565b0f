/** Invented names: common surnames with common given characters. Any likeness to a living person is chance. */
import { pickOne, type Rng } from '#kit/random.ts';

const surnames = [
  ...'王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤冉',
];
const firsts = [
  ...'建明国志文德永家世春秋玉秀桂淑素晓小海江天成光荣华新学兴福祥顺泽思雨子宇梓雪佳欣一可若云清景云立正长宏庆中朝',
];
const seconds = [
  ...'华明强伟芳英兰军平勇丽娟梅霞杰磊静敏涛波刚辉林斌超红艳燕萍玲凤琴莲碧容蓉琳颖雯彤瑶航昊轩博睿渝川峰岩松柏涵怡悦宁安和',
];

/** A name nobody in `taken` has yet; adds it. Two or three characters. */
export function makeName(rng: Rng, taken: Set<string>): string {
  for (;;) {
    const surname = pickOne(rng, surnames);
    const name =
      rng() < 0.18 ? surname + pickOne(rng, seconds) : surname + pickOne(rng, firsts) + pickOne(rng, seconds);
    if (taken.has(name) || /(.)\1\1/.test(name)) continue;
    taken.add(name);
    return name;
  }
}
