import { useState } from 'react';
import { supplyRoutes } from '#contract/supplies.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { supplies } from '#web/i18n/supplies.ts';
import { Pick } from '#web/ui/FormLines.tsx';
import type { Batch, StockItem } from '../api.ts';
import { batchWords, useItemNames } from '../words.ts';
import { FormFrame, Line, useChoices } from './FormFrame.tsx';
import { supplyKey } from './queries.ts';
import type { SupplyView } from './SuppliesPart.tsx';

type FormProps = SupplyView & { onClose: () => void };

const whole = (text: string): number => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN);

/** Part of a batch is thrown away. What has expired proposes itself whole. */
export function WriteOffForm({ station, words, item, batch, onClose }: FormProps & { item: StockItem; batch: Batch }) {
  const t = useText(supplies);
  const choices = useChoices();
  const names = useItemNames(words.items);
  const reasons = words.reasons.filter(
    ({ usedFor, code }) => usedFor === 'write_off' && (code !== 'expired' || batch.state === 'expired'),
  );
  const fitting = { expired: 'expired', recalled: 'recalled', good: 'damaged', soon: 'damaged' } as const;
  const [reason, setReason] = useState<string>(fitting[batch.state]);
  const [quantity, setQuantity] = useState(
    batch.state === 'good' || batch.state === 'soon' ? '1' : String(batch.quantity),
  );
  const n = whole(quantity);
  const act = useAct(
    (body: { batchId: string; quantity: number; reason: string }, opId) =>
      ask(supplyRoutes.writeOff, { params: { id: station.id }, body: { opId, ...body } }),
    { stale: [supplyKey], onDone: onClose },
  );
  return (
    <FormFrame
      title={t.writeOff.title(names.name(item.itemCode))}
      send={t.writeOff.send}
      busy={act.isPending}
      error={act.error}
      ready={n >= 1 && n <= batch.quantity}
      onSend={() => act.mutate({ batchId: batch.id, quantity: n, reason })}
      onClose={onClose}
    >
      <p className="quiet">
        {batchWords(t, batch)} · {t.count.system(batch.quantity)}
      </p>
      <Line label={t.writeOff.quantity} type="number" value={quantity} onChange={setQuantity} />
      <Pick label={t.writeOff.reason} value={reason} choices={choices(reasons)} onChange={setReason} />
    </FormFrame>
  );
}

export function TransferForm({ station, words, stock, onClose }: FormProps) {
  const t = useText(supplies);
  const choices = useChoices();
  const here = stock.items.filter(({ usable }) => usable > 0);
  const [itemCode, setItemCode] = useState(here[0]?.itemCode ?? '');
  const [toStationId, setTo] = useState(stock.others[0]?.id ?? '');
  const [quantity, setQuantity] = useState('1');
  const usable = here.find((item) => item.itemCode === itemCode)?.usable ?? 0;
  const n = whole(quantity);
  const act = useAct(
    (body: { toStationId: string; itemCode: string; quantity: number }, opId) =>
      ask(supplyRoutes.transfer, { params: { id: station.id }, body: { opId, ...body } }),
    { stale: [supplyKey], onDone: onClose },
  );
  return (
    <FormFrame
      title={t.transfer.title}
      send={t.transfer.send}
      busy={act.isPending}
      error={act.error}
      ready={n >= 1 && n <= usable && toStationId !== ''}
      onSend={() => act.mutate({ toStationId, itemCode, quantity: n })}
      onClose={onClose}
    >
      <p className="quiet">{t.transfer.hint}</p>
      <Pick
        label={t.transfer.to}
        value={toStationId}
        choices={stock.others.map(({ id, name }) => ({ value: id, words: name }))}
        onChange={setTo}
      />
      <Pick
        label={t.transfer.item}
        value={itemCode}
        choices={choices(words.items.filter(({ code }) => here.some((item) => item.itemCode === code)))}
        onChange={setItemCode}
      />
      <Line label={t.transfer.quantity(usable)} type="number" value={quantity} onChange={setQuantity} />
    </FormFrame>
  );
}

export function LevelForm({ station, words, item, onClose }: FormProps & { item: StockItem }) {
  const t = useText(supplies);
  const names = useItemNames(words.items);
  const [minimum, setMinimum] = useState(String(item.minimum));
  const [place, setPlace] = useState(item.place);
  const n = whole(minimum);
  const act = useAct(
    (body: { itemCode: string; minimum: number; place: string; version: number }, opId) =>
      ask(supplyRoutes.setLevel, { params: { id: station.id }, body: { opId, ...body } }),
    { stale: [supplyKey], onDone: onClose },
  );
  return (
    <FormFrame
      title={t.level.title(names.name(item.itemCode))}
      send={t.save}
      busy={act.isPending}
      error={act.error}
      ready={n >= 0}
      onSend={() => act.mutate({ itemCode: item.itemCode, minimum: n, place, version: item.levelVersion })}
      onClose={onClose}
    >
      <Line label={t.level.minimum} type="number" value={minimum} onChange={setMinimum} />
      <Line label={t.level.place} value={place} onChange={setPlace} />
    </FormFrame>
  );
}
