import type { Actor } from '#server/modules/identity/index.ts';
import { systemScope } from '#server/db/scope.ts';
import { bridgeOf, setBridge } from './bridges.ts';
import { closeDuePolls } from './commands-poll.ts';
import { receiveMessage, type OutsideMessage } from './commands-message.ts';
import { membersByGrid } from './coverage.ts';
import { followGrids } from './follow-areas.ts';
import { followEvents, forgetOld, sendOutgoing } from './follow.ts';
import { groupHandlers, memberHandlers } from './handlers.ts';
import { photoSubject, type GroupsParts, type MemberCtx } from './parts.ts';
import { listDecided, listManaged, seenGroup } from './queries.ts';
import { findMemberPhoto } from './queries-member.ts';
import { messageOfPhoto } from './store-message.ts';

export type { Bridge } from './bridges.ts';
export type { OutsideMessage } from './commands-message.ts';
export type { GridMembership } from './coverage.ts';
export type { GroupsParts, SendOut } from './parts.ts';
export type Groups = ReturnType<typeof createGroups>;

/** The whole module: its routes, what modules above ask of it, and what goes on by itself. */
export function createGroups(parts: GroupsParts) {
  return {
    handlers: groupHandlers(parts),
    memberHandlers: memberHandlers(parts),
    findPhoto: (actor: Actor, params: { id: string; photoId: string }) => findPhoto(parts, actor, params),
    findMemberPhoto: (ctx: MemberCtx, params: { id: string; photoId: string }) => findMemberPhoto(parts, ctx, params),
    /** For adapters of other platforms, once per `sourceRef`. See commands-message.ts. */
    receiveMessage: (incoming: OutsideMessage) => receiveMessage(parts, incoming),
    bridgeOf: (wanted: Parameters<typeof bridgeOf>[1]) => bridgeOf(parts, wanted),
    /** Those of a platform the actor may manage. */
    listManaged: (actor: Actor, platform: Parameters<typeof listManaged>[2]) => listManaged(parts, actor, platform),
    setBridge: (actor: Actor, wish: Parameters<typeof setBridge>[2]) => setBridge(parts, actor, wish),
    /** People in groups and residents, by grid. See coverage.ts. */
    membersByGrid: (areas: readonly string[]) => membersByGrid(parts, areas),
    /** Closed polls with results, for lists of needs. */
    listPolls: (actor: Actor, wanted: Parameters<typeof listDecided>[2]) => listDecided(parts, actor, wanted),
    jobs: {
      followGrids: followGrids(parts),
      followEvents: () => followEvents(parts),
      closeDuePolls: () => closeDuePolls(parts),
      sendOutgoing: () => sendOutgoing(parts),
      forgetOld: () => forgetOld(parts),
    },
  };
}

async function findPhoto(
  parts: GroupsParts,
  actor: Actor,
  { id, photoId }: { id: string; photoId: string },
): Promise<{ storageKey: string } | undefined> {
  await seenGroup(parts, actor, id);
  return parts.database.read(systemScope, async (tx) => {
    const message = await messageOfPhoto(tx, id, photoId);
    if (message === undefined) return undefined;
    return parts.events.photos.findOf(tx, { subjectType: photoSubject, subjectId: message.id, id: photoId });
  });
}
