import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { eventRoutes } from '#contract/events.ts';
import type { EventSectionProps } from '#web/app/desk-slots.ts';
import { ask } from '#web/app/ask.ts';
import { useSend } from '#web/app/use-send.ts';
import { useText } from '#web/i18n/area.ts';
import { texts } from '#web/i18n/texts.ts';
import { formatPercent } from '#web/i18n/format.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { PriorityMark } from '#web/ui/PriorityMark.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import type { Suggestion } from './queries.ts';

/** One suggestion with what it rests on; one press takes it, nothing is taken by itself. */
export function SuggestionLine({ event, suggestion }: EventSectionProps & { suggestion: Suggestion }) {
  const t = useText(texts).advice;
  const nameOf = useNamed();
  const client = useQueryClient();
  const { busy, error, send } = useSend();
  const { kind, code, probability, reasons } = suggestion;
  const name = nameOf(suggestion);
  const verb = kind === 'category' ? 'recategorise' : 'reprioritise';
  const canTake = kind !== 'lead' && event.allowed.some((one) => one.verb === verb);
  const what = { category: t.category, priority: t.priority, lead: t.lead_unit }[kind];

  const take = async (): Promise<void> => {
    const version = event.version;
    await send(`${kind} ${code} ${version}`, (opId) => {
      const common = { opId, version, reason: t.reason };
      const params = { id: event.id };
      return kind === 'category'
        ? ask(eventRoutes.recategorise, { params, body: { ...common, categoryCode: code } })
        : ask(eventRoutes.reprioritise, { params, body: { ...common, priority: Number(code) } });
    });
    await client.invalidateQueries({ queryKey: ['events'] });
  };
  return (
    <li>
      <span className="advice-what">{what}</span>
      <span className="advice-value">
        <b>{kind === 'priority' ? <PriorityMark priority={Number(code)} /> : name}</b>
        <small>
          {likelyWords(t.likely, probability)} · {t.about(formatPercent(probability))}
          {reasons.length > 0 && ` · ${t.because} ${reasons.map(({ word }) => word).join(t.listed)}`}
          {kind === 'lead' && ` · ${t.leadHint}`}
        </small>
      </span>
      {canTake && (
        <Button
          size="small"
          loading={busy !== ''}
          aria-label={t.takeLabel(`${what} ${name}`)}
          onClick={() => void take()}
        >
          {t.take}
        </Button>
      )}
      <ProblemNote error={error} />
    </li>
  );
}

/** A probability in plain words. */
function likelyWords(words: { high: string; middle: string; low: string }, probability: number): string {
  if (probability >= 0.9) return words.high;
  return probability >= 0.7 ? words.middle : words.low;
}
