/** Papers of the demo, by the program's own commands from its own numbers: months that are published, drafts that make themselves. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '#kit/clock.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import type { Briefs } from '#server/modules/briefs/index.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import type { OpenDataFeed } from '#server/modules/opendata/index.ts';
import { chaoTianMen, huaXinJie, liangLuKou } from '../geography/names.ts';
import { storyDistrict } from './logins.ts';

export interface PaperParts {
  opendata: Pick<OpenDataFeed, 'handlers'>;
  briefs: Pick<Briefs, 'handlers'>;
  clock: Clock;
}

const ctx = { actor: systemActor };
const months = 3;

/** The facts of events must have been told before. */
export async function fillPapers(parts: PaperParts): Promise<void> {
  for (const { code } of [liangLuKou, chaoTianMen, huaXinJie])
    for (const month of monthsBefore(parts.clock)) await publish(parts, code, month);
  for (const areaCode of [liangLuKou.code, storyDistrict])
    for (const kind of ['daily', 'weekly', 'monthly'] as const)
      await parts.briefs.handlers.schedule(
        {
          params: {},
          query: {},
          body: { opId: randomUUID(), version: 0, areaCode, kind, at: '00:10', workdaysOnly: false, recipients: [], enabled: true }, // prettier-ignore
        },
        ctx,
      );
}

function monthsBefore(clock: Clock): string[] {
  let month = dayOf(clock.now()).slice(0, 7);
  const found: string[] = [];
  while (found.length < months) {
    month = addDays(`${month}-01`, -1).slice(0, 7);
    found.unshift(month);
  }
  return found;
}

/** What may not be published yet, or has too few cases, is not. */
async function publish({ opendata }: PaperParts, area: string, month: string): Promise<void> {
  const { ready, digest } = await opendata.handlers.preview({ params: {}, query: { area, month }, body: {} }, ctx);
  if (!ready) return;
  await opendata.handlers.publish(
    { params: {}, query: {}, body: { opId: randomUUID(), areaCode: area, month, digest } },
    ctx,
  );
}
