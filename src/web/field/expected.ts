import type { Command } from './command.ts';
import { isActVerb, type ActVerb, type EventDetail } from './field-api.ts';

export interface Step {
  verb: ActVerb;
  taskId: string | null;
}

type Seen = Pick<EventDetail, 'allowed' | 'tasks' | 'status' | 'verifiedAt'>;

/**
 * What may be done next, as far as the phone can tell: the server's list, carried forward over what was done here and
 * has not been sent. Only a guess for the buttons; the server decides when it is sent.
 */
export function expectedSteps(seen: Seen, unsent: readonly Command[]): Step[] {
  let steps: Step[] = seen.allowed.flatMap(({ verb, taskId }) => (isActVerb(verb) ? [{ verb, taskId }] : []));
  for (const { verb, body } of unsent) {
    const taskId = typeof body['taskId'] === 'string' ? body['taskId'] : null;
    const without = (...gone: ActVerb[]): Step[] =>
      steps.filter((step) => !gone.includes(step.verb) || step.taskId !== taskId);
    if (verb === 'accept') steps = [...without('accept'), ...onTask(taskId, 'arrive', 'finish', 'ask_extension')];
    else if (verb === 'arrive') steps = without('arrive');
    else if (verb === 'finish' || verb === 'return')
      steps = without('accept', 'arrive', 'finish', 'return', 'ask_extension');
    else if (verb === 'verify') steps = without('verify', 'receive');
    else if (verb === 'receive') steps = without('receive');
    else if (verb === 'check') steps = without('check');
    else if (verb === 'file' || verb === 'decline') steps = without('file', 'decline', 'verify', 'receive');
    else if (verb === 'escalate') steps = steps.filter((step) => step.verb === 'note');
    else if (verb === 'ask_extension') steps = without('ask_extension');
  }
  return unique(steps);
}

function onTask(taskId: string | null, ...verbs: ActVerb[]): Step[] {
  return verbs.map((verb) => ({ verb, taskId }));
}

function unique(steps: readonly Step[]): Step[] {
  return steps.filter(
    (step, index) => steps.findIndex((one) => one.verb === step.verb && one.taskId === step.taskId) === index,
  );
}

/** The next step of the way, most pressing first. */
const way: readonly ActVerb[] = ['verify', 'receive', 'accept', 'arrive', 'finish', 'check', 'file'];

/** What is expected of this person now: one step, or null when nothing is. Arriving goes before finishing. */
export function expectedOf(seen: Seen, unsent: readonly Command[]): Step | null {
  const steps = expectedSteps(seen, unsent);
  const mine = new Set(seen.tasks.filter((task) => task.mine).map((task) => task.id));
  for (const verb of way) {
    const step = steps.find((one) => one.verb === verb && (one.taskId === null || mine.has(one.taskId)));
    // A verified event asks for no second look, though one is possible.
    if (step !== undefined && !(verb === 'verify' && seen.verifiedAt !== null)) return step;
  }
  return null;
}
