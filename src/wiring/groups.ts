import { groupPublicRoutes } from '#contract/groups-public.ts';
import { groupRoutes } from '#contract/groups.ts';
import { mountMemberPhotos, mountSubjectPhotos } from '#server/http/files.ts';
import { mount } from '#server/http/mount.ts';
import { createGroups, type Groups, type SendOut } from '#server/modules/groups/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Online groups: staff routes, members' routes, photos; what follows events and forgets. */
export function joinGroups(
  { app, database, territory, vault, clock, files, events, doors }: Parts,
  sendOut?: SendOut,
): Joined & { groups: Groups } {
  const deps = { database, territory, vault, clock, files, events };
  const groups = createGroups({ ...deps, ...(sendOut === undefined ? {} : { sendOut }) });
  mount(app, groupRoutes, groups.handlers, doors);
  mount(app, groupPublicRoutes, groups.memberHandlers, doors);
  mountSubjectPhotos(app, files, groupRoutes.photo, doors, (actor, params) =>
    groups.findPhoto(actor, groupRoutes.photo.params.parse(params)),
  );
  mountMemberPhotos(app, files, groupPublicRoutes.photo, doors, (memberKey, params) =>
    groups.findMemberPhoto({ memberKey }, groupPublicRoutes.photo.params.parse(params)),
  );
  const { jobs } = groups;
  const ticker = (name: string, everyMs: number, work: () => Promise<number>) => ({
    name,
    everyMs,
    run: () => work().then(() => undefined),
  });
  return {
    groups,
    jobs: [
      {
        name: 'groups.forget',
        cron: '35 3 * * *',
        expireS: 600,
        async run() {
          while ((await jobs.forgetOld()) > 0);
        },
      },
    ],
    tickers: [
      ticker('groups.areas', 5_000, jobs.followGrids),
      ticker('groups.follow', 3_000, jobs.followEvents),
      ticker('groups.polls', 30_000, jobs.closeDuePolls),
      ticker('groups.outgoing', 3_000, jobs.sendOutgoing),
    ],
  };
}
