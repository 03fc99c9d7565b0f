/** The small city with a running ledger, figures that follow it, and briefs of it with made-up neighbours. */
import type { Actor } from '#server/modules/identity/index.ts';
import { rolePermissions } from '#server/modules/identity/index.ts';
import { getLatestHead } from '#server/modules/ledger/index.ts';
import { createAnalyticsWorld } from '../analytics/world.fixture.ts';
import { createBriefs } from './index.ts';
import type { BriefsParts, IssueStory } from './parts.ts';

export async function buildBriefs() {
  const world = await createAnalyticsWorld();
  const { database, clock, territory, events, analytics, as, unit } = world;
  const { indicators, words, measures, asOf } = analytics.queries;
  let assistant: string | null = null;
  let story: IssueStory | undefined;
  const parts: BriefsParts = {
    database,
    clock,
    territory,
    calendar: async () => (await events.dictionary.get()).calendar,
    figures: { indicators, words, measures, asOf },
    head: (tx) => getLatestHead(tx, 'test').catch(() => null),
    names: async (_tx, ids) => new Map(ids.map((id) => [id, '研判员'])),
    categoryName: async (code) => (await events.dictionary.get()).categories.get(code)?.name ?? code,
    sources: {
      hotIssues: async () => [
        {
          id: '018f0000-0000-7000-8000-000000000001',
          title: '李女士13912345678反映树要倒',
          areaName: '东村社区',
          events: 7,
          open: 2,
          trend: 'up',
        },
      ],
      issue: async (_tx, id) => (story?.id === id ? story : undefined),
      anomalies: async () => [
        { id: '018f0000-0000-7000-8000-000000000002', day: '2026-06-15', areaName: '东村社区', className: '行道树', seen: 9, likely: 3, low: 1, high: 6 }, // prettier-ignore
      ],
    },
    draft: async (_actor, { lines }) =>
      assistant === null ? null : { text: `${assistant}（${lines.length} 行）`, by: '本地模型' },
    assistantOn: () => assistant !== null,
  };
  const analyst = (like: Actor, areaCode: string, unitId: string): Actor => {
    const grant = like.grants[0];
    if (grant === undefined) throw new Error('Expected an actor with a grant.');
    return { ...like, grants: [{ ...grant, areaCode, unitId, permissions: new Set(rolePermissions.commander) }] };
  };
  return {
    ...world,
    parts,
    briefs: createBriefs(parts),
    street: analyst(as.chief, '500103004', unit.streetCentre),
    north: analyst(as.northIntake, '500103005', unit.northCentre),
    whole: analyst(as.districtChief, '500103', unit.districtCentre),
    setIssue(one: IssueStory | undefined) {
      story = one;
    },
    setAssistant(words: string | null) {
      assistant = words;
    },
  };
}
export type BriefsWorld = Awaited<ReturnType<typeof buildBriefs>>;
