import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { supplyRoutes } from '#contract/supplies.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { supplies } from '#web/i18n/supplies.ts';
import { Pick } from '#web/ui/FormLines.tsx';
import { FormFrame, Line, useChoices } from './FormFrame.tsx';
import { itemsQuery, lotsQuery, supplyKey } from './queries.ts';

/** A lot is blocked everywhere one answers for, or freed again; first it is shown who has it. */
export function RecallForm({ onClose }: { onClose: () => void }) {
  const t = useText(supplies);
  const choices = useChoices();
  const items = (useQuery(itemsQuery).data?.items ?? []).filter(({ expiry }) => expiry !== 'none');
  const [itemCode, setItemCode] = useState('');
  const [number, setNumber] = useState('');
  const [reason, setReason] = useState('');
  const item = itemCode === '' ? (items[0]?.code ?? '') : itemCode;
  const lots = useQuery(lotsQuery(item, number.trim()));
  const act = useAct(
    (on: boolean, opId) =>
      ask(supplyRoutes.recall, { body: { opId, itemCode: item, number: number.trim(), reason, on } }),
    { stale: [supplyKey] },
  );
  const ready = number.trim() !== '' && reason.trim().length >= 2;
  return (
    <FormFrame
      title={t.recall.title}
      send={t.recall.send}
      busy={act.isPending}
      error={act.error}
      ready={ready}
      onSend={() => act.mutate(true)}
      onClose={onClose}
    >
      <p className="quiet">{t.recall.hint}</p>
      <Pick label={t.recall.item} value={item} choices={choices(items)} onChange={setItemCode} />
      <Line label={t.recall.number} value={number} onChange={setNumber} />
      <Line label={t.recall.reason} value={reason} max={120} onChange={setReason} />
      {number.trim() !== '' && lots.data !== undefined && (
        <div>
          <b>{t.recall.who}</b>
          {lots.data.items.length === 0 && <p className="quiet">{t.recall.nobody}</p>}
          <ul>
            {lots.data.items.map(({ stationId, stationName, quantity, expiresOn, state }) => (
              <li key={`${stationId} ${expiresOn ?? ''}`}>
                {t.recall.holder(stationName, quantity)} · {t.lot[state]}
              </li>
            ))}
          </ul>
          {lots.data.items.some(({ state }) => state === 'recalled') && (
            <Button disabled={!ready} onClick={() => act.mutate(false)}>
              {t.recall.lift}
            </Button>
          )}
        </div>
      )}
      {act.data !== undefined && <p role="status">{t.recall.done(act.data.stations, act.data.quantity)}</p>}
    </FormFrame>
  );
}
