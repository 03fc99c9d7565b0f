/** After the work: checked, rated, perhaps reopened. */
import * as checking from '#server/modules/events/commands-check.ts';
import { anonymous } from '#server/modules/identity/index.ts';
import { afterLimit, say, stepOf, take, type Life, type Step } from './acting.ts';
import { rateAs } from './own-commands.ts';
import { dayMs } from './rhythm.ts';
import { spoken } from './words.ts';

export function nextAfter(life: Life): Step | undefined {
  const { event } = life.live.rows;
  if (event.status === 'checking') return check(life);
  if (event.status !== 'closed') return undefined;
  if (take(life, 'reopen', life.fate.reopened)) return reopen(life);
  return take(life, 'rate', life.fate.rating !== null) ? rate(life) : undefined;
}

/** By a checker of the centre, who never handles anything. */
function check(life: Life): Step | undefined {
  const { live, world, cast, rng } = life;
  const { event } = live.rows;
  const atMs = afterLimit(life, 'check', null);
  const centre = world.territory.receiverOf(
    event.tier === 'district' ? event.district : (event.street ?? event.district),
  );
  const actor = centre === undefined ? undefined : cast.find(rng, centre.id, ['checker'], atMs);
  if (actor === undefined) return undefined;
  const fails = take(life, 'rework', life.fate.reworked);
  const note = say(life, fails ? spoken.checkFail : spoken.checkPass);
  return stepOf(life, {
    command: checking.check,
    actor,
    atMs,
    body: { outcome: fails ? 'fail' : 'pass', note, attachments: [] },
  });
}

function reopen(life: Life): Step | undefined {
  const [reporter] = life.live.reporters;
  if (reporter === undefined) return undefined;
  const atMs = life.live.lastMs + Math.round((0.5 + life.rng() * 9) * dayMs);
  return stepOf(life, {
    command: checking.reopen,
    actor: anonymous,
    reporterId: reporter.id,
    atMs,
    body: { reason: say(life, spoken.reopen) },
  });
}

function rate(life: Life): Step | undefined {
  const [reporter] = life.live.reporters;
  const { rating } = life.fate;
  if (reporter === undefined || rating === null) return undefined;
  const atMs = life.live.lastMs + Math.round((0.1 + life.rng() * 2.5) * dayMs);
  const words = say(life, rating >= 3 ? spoken.praise : spoken.blame);
  return stepOf(life, {
    command: rateAs(reporter),
    actor: anonymous,
    reporterId: reporter.id,
    atMs,
    body: { rating, words },
  });
}
