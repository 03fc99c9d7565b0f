/** The life of one event: what somebody does next, who, and when; until it ends or the present is reached. */
import type { Life, Step } from './acting.ts';
import { nextAfter } from './life-after.ts';
import { nextAtDesk, nextDispatch } from './life-desk.ts';
import { nextHandling } from './life-handling.ts';
import type { MemoryCase } from './perform.ts';

/** Lets it live until `untilMs`, or until `enough` says so. */
export async function liveOn(
  life: Life,
  untilMs: number,
  enough: (live: MemoryCase) => boolean = () => false,
): Promise<void> {
  for (let steps = 0; steps < 60 && !enough(life.live); steps++) {
    const step = nextStep(life);
    if (step === undefined || step.atMs > untilMs) return;
    await step.run();
  }
}

function nextStep(life: Life): Step | undefined {
  const { status } = life.live.rows.event;
  if (status === 'reported' || status === 'verifying') return nextAtDesk(life);
  if (status === 'filed') return nextDispatch(life);
  if (status === 'dispatched' || status === 'handling' || status === 'shelved') return nextHandling(life);
  return nextAfter(life);
}
