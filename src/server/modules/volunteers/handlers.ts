import type { Handlers } from '#contract/route.ts';
import type { volunteerPublicRoutes } from '#contract/volunteers-public.ts';
import type { volunteerRoutes } from '#contract/volunteers.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { certifyAtCounter, checkCertificate, listNotices, withdrawCertificate } from './certificates.ts';
import { answerRequest, confirmPresence, correctPresence, sayArrived } from './commands-attendance.ts';
import {
  actOneself,
  certifyOneself,
  eraseOneself,
  registerByPage,
  renewOneself,
  requestCorrection,
} from './commands-own.ts';
import { addShift, cancelShift, editShift, makeShifts, setPatterns } from './commands-shift.ts';
import { askSwap, enterSignUp, signUpOneself, takeSwap, withdrawOneself, withdrawSignUp } from './commands-sign-up.ts';
import { registerAtCounter, revealVolunteer, takeOutHours, tellLink } from './commands-volunteer.ts';
import { publicStation, type VolunteersParts } from './parts.ts';
import { readPeople, readPerson, readRequests } from './queries-people.ts';
import { readOffered, readOwnPage } from './queries-public.ts';
import { readHours, readPatterns, readRoster, readToday, readWaiting } from './queries-roster.ts';

/** All routes of staff but files, which the server sends as they are. */
export function volunteerHandlers(
  parts: VolunteersParts,
): Omit<Handlers<typeof volunteerRoutes, { actor: Actor }>, 'file' | 'certificate'> {
  return {
    words: async () => ({
      posts: [...parts.words.posts.values()].map(({ code, name, nameEn }) => ({ code, name, nameEn })),
      rules: { ...parts.words.rules },
    }),
    today: (_, { actor }) => readToday(parts, actor),
    roster: ({ params, query }, { actor }) => readRoster(parts, actor, params.id, query.from),
    patterns: ({ params }, { actor }) => readPatterns(parts, actor, params.id),
    setPatterns: ({ params, body }, { actor }) => setPatterns(parts, actor, params.id, body),
    make: ({ params, body }, { actor }) => makeShifts(parts, actor, params.id, body),
    add: ({ params, body }, { actor }) => addShift(parts, actor, params.id, body),
    edit: ({ params, body }, { actor }) => editShift(parts, actor, params.id, body),
    cancel: ({ params, body }, { actor }) => cancelShift(parts, actor, params.id, body),
    enter: ({ params, body }, { actor }) => enterSignUp(parts, actor, params.id, body),
    withdraw: ({ params, body }, { actor }) => withdrawSignUp(parts, actor, params.id, body),
    arrive: ({ params, body }, { actor }) => sayArrived(parts, actor, params.id, body),
    confirm: ({ params, body }, { actor }) => confirmPresence(parts, actor, params.id, body),
    correct: ({ params, body }, { actor }) => correctPresence(parts, actor, params.id, body),
    waiting: ({ params }, { actor }) => readWaiting(parts, actor, params.id),
    requests: ({ params }, { actor }) => readRequests(parts, actor, params.id),
    answerRequest: ({ params, body }, { actor }) => answerRequest(parts, actor, params.id, body),
    people: ({ params }, { actor }) => readPeople(parts, actor, params.id),
    person: ({ params }, { actor }) => readPerson(parts, actor, params),
    register: ({ params, body }, { actor }) => registerAtCounter(parts, actor, params.id, body),
    link: ({ params, body }, { actor }) => tellLink(parts, actor, params.id, body),
    reveal: ({ params, body }, { actor }) => revealVolunteer(parts, actor, params.id, body),
    hours: ({ params, query }, { actor }) => readHours(parts, actor, params.id, query),
    takeOut: ({ params, body }, { actor }) => takeOutHours(parts, actor, params.id, body),
    certify: ({ params, body }, { actor }) => certifyAtCounter(parts, actor, params.id, body),
    withdrawCertificate: ({ params, body }, { actor }) => withdrawCertificate(parts, actor, params.id, body),
  };
}

/** All routes behind links and of anybody, but files. */
export function volunteerPublicHandlers(
  parts: VolunteersParts,
): Omit<Handlers<typeof volunteerPublicRoutes, unknown>, 'certificate' | 'calendar'> {
  return {
    shifts: ({ params }) => readOffered(parts, params.code),
    register: ({ params, body }) => registerByPage(parts, params.code, body),
    view: ({ params }) => readOwnPage(parts, params.secret),
    signUp: ({ params: { secret }, body }) =>
      actOneself(parts, { secret, route: 'sign_up', body }, (work, one) =>
        signUpOneself(parts, work, one, body.shiftId),
      ),
    withdraw: ({ params: { secret, id }, body }) =>
      actOneself(parts, { secret, route: 'withdraw', body, params: { id } }, (work, one) =>
        withdrawOneself(work, one, id),
      ),
    askSwap: ({ params: { secret, id }, body }) =>
      actOneself(parts, { secret, route: 'ask_swap', body, params: { id } }, (work, one) =>
        askSwap(work, one, { id, off: body.off }),
      ),
    takeSwap: ({ params: { secret, id }, body }) =>
      actOneself(parts, { secret, route: 'take_swap', body, params: { id } }, (work, one) => takeSwap(work, one, id)),
    request: ({ params: { secret, id }, body }) => requestCorrection(parts, secret, id, body),
    certify: ({ params, body }) => certifyOneself(parts, params.secret, body),
    renew: ({ params, body }) => renewOneself(parts, params.secret, body),
    erase: ({ params, body }) => eraseOneself(parts, params.secret, body),
    check: ({ params }) => checkCertificate(parts, params.number),
    notices: async ({ params }) =>
      listNotices(
        parts,
        await parts.database.read(systemScope, (tx) => publicStation(tx, params.code, parts.clock.now())),
      ),
  };
}
