/** Closed polls of grid meetings that speak of what is missing: the program hears them by itself, as it would those of others. */
import { randomInt, seededRandom } from '#kit/random.ts';
import { dayMs } from '#kit/shanghai-days.ts';
import { seededId } from '../ids.ts';
import type { DemoGroup } from './make-groups.ts';

export interface DemoPoll {
  id: string;
  groupId: string;
  district: string;
  question: string;
  options: string[];
  counts: number[];
  createdMs: number;
  closedMs: number;
  minutes: string;
}

/** The community of the story. */
const story = '500105001001';
const asked = [
  {
    question: '轻轨桥下的旧工具房空着，大家最想用来做什么？',
    options: ['菜市场', '停车位', '社区食堂'],
    most: [34, 9, 15],
    minutes: '多数人要菜市场。停车的另议。',
  },
  {
    question: '院坝边的空地怎么用？',
    options: ['小公园', '停车位', '健身场地'],
    most: [16, 12, 18],
    minutes: '健身场地和小公园合在一处再看。',
  },
  {
    question: '要不要请街道办一个老年食堂？',
    options: ['同意', '不同意'],
    most: [27, 3],
    minutes: '同意的多，报街道。',
  },
] as const;

/** One in the story's community, others in the first groups of other communities. */
export function makePolls(seed: number, groups: readonly DemoGroup[], nowMs: number): DemoPoll[] {
  const rng = seededRandom(seed);
  const within = (group: DemoGroup): string => group.gridCodes[0]?.slice(0, 12) ?? '';
  const open = groups.filter(({ platform }) => platform === 'in_app');
  const own = open.filter((group) => within(group) === story).slice(0, 1);
  const others = [...Map.groupBy(open, within)].flatMap(([code, [first]]) => (code === story || first === undefined ? [] : [first])); // prettier-ignore
  return [...own, ...others.slice(0, 6)].flatMap((group, k) => {
    const poll = asked[k === 0 && own.length > 0 ? 0 : 1 + (k % 2)];
    if (poll === undefined) return [];
    const closedMs = Math.floor(nowMs - dayMs * randomInt(rng, 12, 90));
    const counts = poll.most.map((most) => Math.max(1, Math.round(most * (0.7 + rng() * 0.3))));
    return [
      {
        id: seededId(rng, closedMs, k),
        groupId: group.id,
        district: within(group).slice(0, 6),
        question: poll.question,
        options: [...poll.options],
        counts,
        createdMs: closedMs - 7 * dayMs,
        closedMs,
        minutes: poll.minutes,
      },
    ];
  });
}
