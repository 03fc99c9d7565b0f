import type { groupPublicRoutes } from '#contract/groups-public.ts';
import type { groupRoutes } from '#contract/groups.ts';
import type { Handlers } from '#contract/route.ts';
import { confirmHeadcount, createGroup, editGroup, linkGroup, renewLink, retireGroup } from './commands-group.ts';
import { joinGroup, leaveGroup, readNotice, sayAsMember, vote } from './commands-member.ts';
import { hide, sayAsStaff, settleGroup } from './commands-message.ts';
import { announce, withdraw } from './commands-notice.ts';
import { closePoll, openPoll, writeMinutes } from './commands-poll.ts';
import { groupKinds } from './dictionary.ts';
import type { GroupsCtx, GroupsParts, MemberCtx } from './parts.ts';
import { detailOf, listAnnounced, listAsked, listDecided, listSaid, listSeen } from './queries.ts';
import { listMine, readHome, readInvitation } from './queries-member.ts';
import { draftOf, toEvent } from './to-event.ts';

export function groupHandlers(parts: GroupsParts): Handlers<Omit<typeof groupRoutes, 'photo'>, GroupsCtx> {
  return {
    kinds: async () => ({
      items: [...groupKinds().values()].map(({ code, name, nameEn }) => ({ code, name, nameEn })),
    }),
    list: ({ query }, { actor }) => listSeen(parts, actor, query),
    get: ({ params }, { actor }) => detailOf(parts, actor, params.id),
    create: ({ body }, ctx) => createGroup(parts, ctx, body),
    edit: (input, ctx) => editGroup(parts, ctx, input),
    link: (input, ctx) => linkGroup(parts, ctx, input),
    renewLink: (input, ctx) => renewLink(parts, ctx, input),
    headcount: (input, ctx) => confirmHeadcount(parts, ctx, input),
    retire: (input, ctx) => retireGroup(parts, ctx, input),
    messages: (input, { actor }) => listSaid(parts, actor, input),
    say: (input, ctx) => sayAsStaff(parts, ctx, input),
    settle: (input, ctx) => settleGroup(parts, ctx, input),
    hide: (input, ctx) => hide(parts, ctx, input),
    draft: ({ params }, ctx) => draftOf(parts, ctx, params),
    toEvent: (input, ctx) => toEvent(parts, ctx, input),
    notices: ({ query }, { actor }) => listAnnounced(parts, actor, query),
    announce: ({ body }, ctx) => announce(parts, ctx, body),
    withdraw: (input, ctx) => withdraw(parts, ctx, input),
    polls: ({ params }, { actor }) => listAsked(parts, actor, params.id),
    openPoll: (input, ctx) => openPoll(parts, ctx, input),
    closePoll: (input, ctx) => closePoll(parts, ctx, input),
    writeMinutes: (input, ctx) => writeMinutes(parts, ctx, input),
    pollsAbout: ({ query }, { actor }) => listDecided(parts, actor, query),
  };
}

export function memberHandlers(parts: GroupsParts): Handlers<Omit<typeof groupPublicRoutes, 'photo'>, MemberCtx> {
  return {
    invitation: ({ params }, ctx) => readInvitation(parts, ctx, params.secret),
    join: (input, ctx) => joinGroup(parts, ctx, input),
    mine: (_input, ctx) => listMine(parts, ctx),
    home: (input, ctx) => readHome(parts, ctx, input),
    say: (input, ctx) => sayAsMember(parts, ctx, input),
    read: (input, ctx) => readNotice(parts, ctx, input),
    vote: (input, ctx) => vote(parts, ctx, input),
    leave: (input, ctx) => leaveGroup(parts, ctx, input),
  };
}
