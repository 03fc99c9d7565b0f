import type { NeedState } from '#contract/needs-views.ts';
import { useText } from '#web/i18n/area.ts';
import { needs } from '#web/i18n/needs.ts';

const look: Readonly<Record<NeedState, string>> = {
  open: 'tag',
  listed: 'tag tag-leaf',
  planned: 'tag tag-leaf',
  met: 'tag tag-leaf',
  declined: 'tag tag-supervised',
  merged: 'tag',
};

/** What became of a need, in words. */
export function StateMark({ state }: { state: NeedState }) {
  const t = useText(needs);
  return <span className={look[state]}>{t.states[state]}</span>;
}
