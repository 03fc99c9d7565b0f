import { pickOne, randomInt, type Rng } from '#kit/random.ts';
import type { Example } from './train.ts';

/** Words of invented complaints. `shared` stand in all; the others tell the label, most of the time. */
const subjects: Record<string, readonly string[]> = {
  路灯: ['路灯', '照明', '灯杆', '太黑', '夜晚', '灯泡', '不亮', '线路'],
  噪声: ['噪声', '施工', '半夜', '吵闹', '音响', '睡不着', '广场舞', '喇叭'],
  垃圾: ['垃圾', '清运', '恶臭', '垃圾桶', '堆放', '保洁', '苍蝇', '污水'],
};
const shared = ['小区', '门口', '附近', '居民', '多次', '反映', '希望', '尽快', '处理', '领导', '感谢', '影响', '社区'];

/** An invented message about a subject; `noise` (0 to 1) of its telling words are of another. */
export function inventMessage(rng: Rng, label: string, noise: number, cut: boolean): Example {
  const word = (): string =>
    pickOne(rng, subjects[rng() < noise ? pickOne(rng, Object.keys(subjects)) : label] ?? shared);
  const title = [pickOne(rng, shared), word(), word()];
  const text = Array.from({ length: randomInt(rng, 5, 15) }, () => (rng() < 0.3 ? word() : pickOne(rng, shared)));
  const joint = cut ? ' ' : '';
  return { title: title.join(joint), text: text.join(joint), label };
}

/** `count` invented messages, all subjects in turn. */
export function inventMessages(rng: Rng, count: number, noise = 0.15, cut = true): Example[] {
  const labels = Object.keys(subjects);
  return Array.from({ length: count }, (_, k) => inventMessage(rng, labels[k % labels.length] ?? '', noise, cut));
}
