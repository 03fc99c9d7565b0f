import { useState } from 'react';
import { supplyRoutes } from '#contract/supplies.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { supplies } from '#web/i18n/supplies.ts';
import { Pick } from '#web/ui/FormLines.tsx';
import type { StockItem } from '../api.ts';
import { batchWords, useItemNames } from '../words.ts';
import { FormFrame, Line, useChoices } from './FormFrame.tsx';
import { supplyKey } from './queries.ts';
import type { SupplyView } from './SuppliesPart.tsx';

type CountProps = SupplyView & { item: StockItem; onClose: () => void };

/** What is really on the shelf, batch by batch. */
export function CountForm({ station, words, item, onClose }: CountProps) {
  const t = useText(supplies);
  const choices = useChoices();
  const names = useItemNames(words.items);
  const [found, setFound] = useState<Readonly<Record<string, string>>>({});
  const [reason, setReason] = useState('miscounted');
  // What the record said when the counting began: what comes and goes meanwhile is no difference.
  const [batches] = useState(item.batches);
  const lines = batches.map((batch) => ({ batch, counted: Number(found[batch.id] ?? batch.quantity) }));
  const act = useAct(
    (
      body: { reason: string; lines: { itemCode: string; batchId: string; counted: number; expected: number }[] },
      opId,
    ) => ask(supplyRoutes.count, { params: { id: station.id }, body: { opId, ...body } }),
    { stale: [supplyKey] },
  );
  return (
    <FormFrame
      title={t.count.title(names.name(item.itemCode))}
      send={t.count.send}
      busy={act.isPending}
      error={act.error}
      ready={lines.every(({ counted }) => Number.isInteger(counted) && counted >= 0)}
      onSend={() =>
        act.mutate({
          reason,
          lines: lines.map(({ batch, counted }) => ({
            itemCode: item.itemCode,
            batchId: batch.id,
            counted,
            expected: batch.quantity,
          })),
        })
      }
      onClose={onClose}
    >
      {batches.map((batch) => (
        <Line
          key={batch.id}
          label={`${batchWords(t, batch)} · ${t.count.system(batch.quantity)}`}
          type="number"
          value={found[batch.id] ?? String(batch.quantity)}
          onChange={(value) => setFound((now) => ({ ...now, [batch.id]: value }))}
        />
      ))}
      <Pick
        label={t.count.reason}
        value={reason}
        choices={choices(words.reasons.filter(({ usedFor }) => usedFor === 'count'))}
        onChange={setReason}
      />
      {act.data !== undefined && (
        <p role="status">{act.data.changed === 0 ? t.count.same : t.count.done(act.data.difference)}</p>
      )}
    </FormFrame>
  );
}
