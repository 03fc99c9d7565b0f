import type { Verb } from '#contract/events-words.ts';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { resident } from '#web/i18n/resident.ts';
import type { IconName } from '#web/ui/icons/drawings.ts';
import { Timeline } from '#web/ui/light/Timeline.tsx';
import type { Receipt } from './use-receipt.ts';

const icons: Partial<Record<Verb, IconName>> = {
  report: 'send',
  dispatch: 'forward',
  escalate: 'up',
  delegate: 'down',
  arrive: 'place',
  urge: 'bell',
  supervise: 'bell',
  escalate_clock: 'clock',
  rate: 'star',
  reopen: 'again',
  note: 'pen',
  decline: 'info',
  shelve: 'clock',
  invite: 'people',
};
const refusals: readonly Verb[] = ['decline', 'shelve', 'cancel', 'return'];

/** Every step and its time, the newest first. */
export function History({ receipt }: { receipt: Receipt }) {
  const t = useText(resident).receipt;
  const chinese = languageChoice.use() === 'zh';
  const items = receipt.steps.toReversed().map((step, index) => {
    const unit = chinese || step.unitNameEn === null || step.unitNameEn === '' ? step.unitName : step.unitNameEn;
    return {
      key: `${step.at} ${step.verb} ${index}`,
      title: outcomeOf(step.outcome, t.outcomes, t.verbs[step.verb]),
      when: formatTime(step.at),
      at: step.at,
      icon: icons[step.verb],
      tone:
        refusals.includes(step.verb) || step.outcome === 'fail' || step.outcome === 'not_found'
          ? ('refused' as const)
          : index === 0
            ? ('now' as const)
            : ('done' as const),
      body: (
        <>
          {unit !== null && <p className="step-unit">{unit}</p>}
          {step.words !== '' && <p className="said">{step.words}</p>}
        </>
      ),
    };
  });
  return <Timeline label={t.history} items={items} />;
}

function outcomeOf(outcome: string | null, known: Record<string, string>, title: string): string {
  const words = outcome === null ? undefined : known[outcome];
  return words === undefined ? title : `${title}: ${words}`;
}
