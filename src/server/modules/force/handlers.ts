import type { burdenRoutes } from '#contract/burden.ts';
import type { forceRoutes } from '#contract/force.ts';
import type { Handlers } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { answerTask, askTask, checkTask, listTasks, withdrawTask } from './asked.ts';
import { readAreaBurden, readOwnBurden } from './burden.ts';
import { answerSwap, askSwap, planRoster, setPatterns } from './commands-duty.ts';
import { askLeave, decideLeave, withdrawLeave } from './commands-leave.ts';
import { addFeed, endFeed, revealPhone, sayAvailability } from './commands-own.ts';
import { askMember, importMembers, inviteMember, readMembers, revokeMember, tellLink } from './members.ts';
import { readLeaves, readMine } from './mine.ts';
import { readNotes, tickNote, writeNote } from './notes.ts';
import type { ForceParts } from './parts.ts';
import { listRosters, readRoster } from './queries-duty.ts';
import { listGrids, listReachable } from './queries-force.ts';

interface Ctx {
  actor: Actor;
}

export function forceHandlers(parts: ForceParts): Handlers<Omit<typeof forceRoutes, 'calendar'>, Ctx> {
  const { reasons, offers } = parts.words;
  return {
    words: async () => ({ reasons: [...reasons.values()], offers: [...offers.values()] }),
    grids: (_, { actor }) => listGrids(parts, actor),
    reachable: ({ query }, { actor }) => listReachable(parts, actor, query),
    phone: ({ body }, { actor }) => revealPhone(parts, actor, body),
    mine: (_, { actor }) => readMine(parts, actor),
    say: ({ body }, { actor }) => sayAvailability(parts, actor, body),
    leaves: ({ query }, { actor }) => readLeaves(parts, actor, query.state),
    askLeave: ({ body }, { actor }) => askLeave(parts, actor, body),
    withdrawLeave: ({ params, body }, { actor }) => withdrawLeave(parts, actor, params.id, body),
    decideLeave: ({ params, body }, { actor }) => decideLeave(parts, actor, params.id, body),
    rosters: (_, { actor }) => listRosters(parts, actor),
    roster: ({ params, query }, { actor }) => readRoster(parts, actor, params.unitId, query.month),
    plan: ({ params, body }, { actor }) => planRoster(parts, actor, params.unitId, body),
    patterns: ({ params, body }, { actor }) => setPatterns(parts, actor, params.unitId, body),
    askSwap: ({ body }, { actor }) => askSwap(parts, actor, body),
    answerSwap: ({ params, body }, { actor }) => answerSwap(parts, actor, params.id, body),
    addFeed: ({ body }, { actor }) => addFeed(parts, actor, body),
    endFeed: ({ params, body }, { actor }) => endFeed(parts, actor, params.id, body),
    notes: (_, { actor }) => readNotes(parts, actor),
    addNote: ({ body }, { actor }) => writeNote(parts, actor, body),
    readNote: ({ params, body }, { actor }) => tickNote(parts, actor, params.id, body),
    members: ({ query }, { actor }) => readMembers(parts, actor, query.area),
    invite: ({ body }, { actor }) => inviteMember(parts, actor, body),
    importMembers: ({ body }, { actor }) => importMembers(parts, actor, body),
    link: ({ params, body }, { actor }) => tellLink(parts, actor, params.id, body),
    revokeMember: ({ params, body }, { actor }) => revokeMember(parts, actor, params.id, body),
    askMember: ({ params, body }, { actor }) => askMember(parts, actor, params.id, body),
  };
}

export function burdenHandlers(parts: ForceParts): Handlers<typeof burdenRoutes, Ctx> {
  return {
    mine: ({ query }, { actor }) => readOwnBurden(parts, actor, query.weeks),
    areas: ({ query }, { actor }) => readAreaBurden(parts, actor, [query.area]),
    rules: async () => ({ items: [...parts.words.rules.values()] }),
    check: ({ body }, { actor }) => checkTask(parts, actor, body),
    ask: ({ body }, { actor }) => askTask(parts, actor, body),
    list: ({ query }, { actor }) => listTasks(parts, actor, query.state),
    answer: ({ params, body }, { actor }) => answerTask(parts, actor, params.id, body),
    withdraw: ({ params, body }, { actor }) => withdrawTask(parts, actor, params.id, body),
  };
}
