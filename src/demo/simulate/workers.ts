/** Everybody who works in the town: whoever's turn it is with an event does the next thing. */
import { randomUUID } from 'node:crypto';
import type { ClientOutput } from '#contract/route.ts';
import type { eventRoutes } from '#contract/events.ts';
import type { Verb } from '#contract/events-words.ts';
import { pickOne, type Rng } from '#kit/random.ts';
import { isAbove, type Tier } from '#kit/tiers.ts';
import { spoken } from '../history/words.ts';
import type { DemoPerson } from '../town/make-people.ts';
import { photoOf } from './residents.ts';
import type { Session } from './client.ts';

type Queue = ClientOutput<typeof eventRoutes.list>;
type Detail = ClientOutput<typeof eventRoutes.get>;
type Candidates = ClientOutput<typeof eventRoutes.candidates>;

export interface Workers {
  /** Takes one open event and does what is next with it. Undefined when it waits for nobody. */
  act(): Promise<string | undefined>;
}

export interface WorkersParts {
  rng: Rng;
  people: readonly DemoPerson[];
  /** Somebody who sees the whole street. */
  overseer: Session;
  signIn: (login: string) => Promise<Session>;
}

/** An act: by whom, the verb, and the body but for the opId. */
interface Turn {
  login: string;
  verb: Verb;
  body: (session: Session) => Promise<Record<string, unknown>>;
}

const bare = (verb: Verb, login: string | undefined, body: Record<string, unknown> = {}): Turn | undefined =>
  login === undefined ? undefined : { login, verb, body: () => Promise.resolve(body) };

export function makeWorkers({ rng, people, overseer, signIn }: WorkersParts): Workers {
  const rest = new Map<string, number>();
  let turns = 0;

  /** Somebody of a unit, or of an area, in one of these roles. */
  function find(where: { unitId?: string; areaCode?: string | null }, ...roles: string[]): string | undefined {
    const there = people.filter(
      ({ appointment: a }) =>
        a !== null &&
        roles.includes(a.role) &&
        (where.unitId === undefined || a.unitId === where.unitId) &&
        (where.areaCode === undefined || a.areaCode === where.areaCode),
    );
    return there.length === 0 ? undefined : (rng() < 0.7 ? there[0] : pickOne(rng, there))?.login;
  }

  function turnOf(event: Detail): Turn | undefined {
    const { status, ownerUnit } = event;
    if (status === 'reported' || status === 'verifying') return deskTurn(event);
    if (status === 'filed') {
      const coordinating = event.clocks.some(({ step, stoppedAt }) => step === 'coordinate' && stoppedAt === null);
      const roles = coordinating ? ['duty_chief', 'commander'] : ['dispatch_seat', 'secretary'];
      const login = find({ unitId: ownerUnit.id }, ...roles) ?? find({ unitId: ownerUnit.id }, 'secretary');
      return login === undefined
        ? undefined
        : { login, verb: 'dispatch', body: (session) => dispatchBody(session, event.id) };
    }
    if (status === 'dispatched' || status === 'handling') return taskTurn(event);
    if (status !== 'checking') return undefined;
    const outcome = rng() < 0.05 ? 'fail' : 'pass';
    const checker = find({ areaCode: event.tier === 'district' ? event.district : event.street }, 'checker');
    return bare('check', checker, {
      outcome,
      note: pickOne(rng, outcome === 'pass' ? spoken.checkPass : spoken.checkFail),
    });
  }

  function deskTurn(event: Detail): Turn | undefined {
    const desk = find({ unitId: event.ownerUnit.id }, 'intake_seat', 'secretary', 'clerk');
    if (event.verifiedAt === null) {
      const worker = event.grid === null ? undefined : find({ areaCode: event.grid }, 'full_time');
      if (rng() < 0.04)
        return bare('decline', find({ unitId: event.ownerUnit.id }, 'intake_seat', 'secretary'), {
          reason: pickOne(rng, spoken.decline),
        });
      return bare('verify', worker ?? find({ areaCode: event.street }, 'checker'), {
        outcome: 'confirmed',
        note: '现场核实，属实。',
      });
    }
    if (isAbove(event.rule.tier as Tier, event.tier))
      return bare('escalate', desk, { reason: pickOne(rng, spoken.escalateCommunity) });
    return bare('file', desk);
  }

  function taskTurn(event: Detail): Turn | undefined {
    const open = event.tasks.filter(
      ({ status }) => status === 'offered' || status === 'accepted' || status === 'on_site',
    );
    const task =
      open.find(({ status }) => status === 'offered') ?? open.find(({ part }) => part === 'assist') ?? open[0];
    if (task === undefined) return undefined;
    const login =
      task.unit.kind === 'committee'
        ? ((event.grid === null ? undefined : find({ areaCode: event.grid }, 'full_time')) ??
          find({ unitId: task.unit.id }, 'clerk'))
        : find({ unitId: task.unit.id }, 'handler_lead', 'handler');
    if (login === undefined) return undefined;
    const taskId = task.id;
    if (task.status === 'offered') {
      if (!task.binding && task.part === 'lead' && rng() < 0.04)
        return bare('return', login, { taskId, reason: pickOne(rng, spoken.wrongUnit) });
      return bare('accept', login, { taskId });
    }
    if (task.status === 'accepted')
      return {
        login,
        verb: 'arrive',
        body: async (session) => ({
          taskId,
          ...(event.lon === null || event.lat === null ? {} : { lon: event.lon, lat: event.lat }),
          note: pickOne(rng, spoken.arriveNote),
          attachments: [await photo(session, 'before')],
        }),
      };
    return {
      login,
      verb: 'finish',
      body: async (session) => ({
        taskId,
        result: '已处置完毕，恢复原状。',
        attachments: [await photo(session, 'after')],
      }),
    };
  }

  async function act(): Promise<string | undefined> {
    const { items } = await overseer.get<Queue>('/api/events?open=true&limit=200&sort=newest');
    turns++;
    const ready = items.filter(({ id, status }) => status !== 'shelved' && (rest.get(id) ?? 0) < turns);
    if (ready.length === 0) return undefined;
    const { id, number } = rng() < 0.6 ? pickOne(rng, ready.slice(0, 20)) : pickOne(rng, ready);
    const turn = turnOf(await overseer.get<Detail>(`/api/events/${id}`));
    rest.set(id, turns + (turn === undefined ? 50 : 3));
    if (turn === undefined) return undefined;
    const session = await signIn(turn.login);
    const seen = await session.get<Detail>(`/api/events/${id}`);
    if (!seen.allowed.some(({ verb }) => verb === turn.verb)) {
      rest.set(id, turns + 50);
      return `${number} ${turn.login} may not ${turn.verb} it now`;
    }
    const done = await session.post<{ status: string }>(`/api/events/${id}/${turn.verb.replaceAll('_', '-')}`, {
      opId: randomUUID(),
      ...(await turn.body(session)),
    });
    return `${number} ${turn.login} ${turn.verb} → ${done.status}`;
  }

  async function photo(session: Session, kind: 'before' | 'after'): Promise<{ id: string; token: string }> {
    const { id, token } = await session.upload(
      kind,
      await photoOf(pickOne(rng, ['rubbish', 'pothole', 'parking', 'tree', 'drain']), kind),
    );
    return { id, token };
  }

  async function dispatchBody(session: Session, id: string): Promise<Record<string, unknown>> {
    const { items } = await session.get<Candidates>(`/api/events/${id}/candidates`);
    const lead =
      items.find(({ suggested }) => suggested === 'lead') ??
      items.find(({ unit }) => unit.kind === 'department' || unit.kind === 'post') ??
      items[0];
    const assists =
      rng() < 0.15 ? items.filter(({ suggested }) => suggested === 'assist').map(({ unit }) => unit.id) : [];
    return { leadUnitId: lead?.unit.id, assistUnitIds: assists, instruction: pickOne(rng, spoken.instruction) };
  }

  return { act };
}
