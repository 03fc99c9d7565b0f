import { useState } from 'react';
import type { StationHead } from '#web/app/station-slots.ts';
import { keepAct } from '#web/field/keep-act.ts';
import { useHolder } from '#web/field/use-field.ts';
import { useText } from '#web/i18n/area.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { supplies } from '#web/i18n/supplies.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { supplyRoads, type ItemWords, type StockItem } from '../api.ts';
import { todayHere } from '#web/i18n/local-time.ts';
import { batchWords, useItemNames } from '../words.ts';

interface ItemProps {
  station: StationHead;
  words: ItemWords;
  item: StockItem;
  onClose: () => void;
}

const page = '/field/station/stock';

/** One item: take in, or count what is there. */
export function ItemSheet(props: ItemProps) {
  const t = useText(supplies);
  const names = useItemNames(props.words.items);
  const [tab, setTab] = useState<'receive' | 'count'>('receive');
  return (
    <Sheet title={names.name(props.item.itemCode)} onClose={props.onClose}>
      <div className="supply-chips" role="group" aria-label={t.part}>
        <button
          type="button"
          className="supply-chip"
          aria-pressed={tab === 'receive'}
          onClick={() => setTab('receive')}
        >
          {t.receive.open}
        </button>
        <button type="button" className="supply-chip" aria-pressed={tab === 'count'} onClick={() => setTab('count')}>
          {t.count.open}
        </button>
      </div>
      {tab === 'receive' ? <Receive {...props} /> : <Count {...props} />}
    </Sheet>
  );
}

const sources = ['street', 'purchase', 'donation'] as const;

function Receive({ station, words, item, onClose }: ItemProps) {
  const t = useText(supplies);
  const names = useItemNames(words.items);
  const holder = useHolder();
  const [quantity, setQuantity] = useState(1);
  const [number, setNumber] = useState('');
  const [expiresOn, setExpiresOn] = useState('');
  const [source, setSource] = useState<(typeof sources)[number]>('street');
  const expiry = names.find(item.itemCode)?.expiry ?? 'none';
  const past = expiresOn !== '' && expiresOn < todayHere();
  const missing = expiry === 'required' && expiresOn === '';
  const send = async (): Promise<void> => {
    const title = t.tablet.received(names.name(item.itemCode), quantity);
    const line = { itemCode: item.itemCode, quantity, number, expiresOn: expiresOn === '' ? null : expiresOn };
    const act = {
      kind: 'supply.receive',
      path: supplyRoads.receive(station.id),
      lane: station.id,
      page,
      title,
    } as const;
    await keepAct(holder, { ...act, body: { source, lines: [line] } });
    toast(title);
    onClose();
  };
  return (
    <div className="supply-form">
      <Stepper value={quantity} min={1} onChange={setQuantity} label={t.receive.quantity} />
      <div className="supply-chips" role="group" aria-label={t.receive.source}>
        {sources.map((one) => (
          <button
            key={one}
            type="button"
            className="supply-chip"
            aria-pressed={source === one}
            onClick={() => setSource(one)}
          >
            {t.receive.sources[one]}
          </button>
        ))}
      </div>
      {expiry !== 'none' && (
        <Field
          label={t.receive.expires}
          type="date"
          value={expiresOn}
          onChange={setExpiresOn}
          optional={expiry === 'optional'}
          {...(past ? { error: t.receive.past } : missing ? { hint: t.receive.expiresNeeded } : {})}
        />
      )}
      <Field label={t.receive.number} value={number} onChange={setNumber} maxLength={40} optional />
      <Button kind="main" wide icon="check" disabled={past || missing} onClick={() => void send()}>
        {t.receive.send}
      </Button>
    </div>
  );
}

function Count({ station, words, item, onClose }: ItemProps) {
  const t = useText(supplies);
  const english = languageChoice.use() === 'en';
  const names = useItemNames(words.items);
  const holder = useHolder();
  const [found, setFound] = useState<Readonly<Record<string, number>>>({});
  const reasons = words.reasons.filter(({ usedFor }) => usedFor === 'count');
  const [reason, setReason] = useState(reasons[0]?.code ?? '');
  const send = async (): Promise<void> => {
    const title = t.tablet.counted(names.name(item.itemCode));
    const lines = item.batches.map(({ id, quantity }) => ({
      itemCode: item.itemCode,
      batchId: id,
      counted: found[id] ?? quantity,
      expected: quantity,
    }));
    const act = { kind: 'supply.count', path: supplyRoads.count(station.id), lane: station.id, page, title } as const;
    await keepAct(holder, { ...act, body: { lines, reason } });
    toast(t.count.kept);
    onClose();
  };
  if (item.batches.length === 0) return <p className="hint">{t.none}</p>;
  return (
    <div className="supply-form">
      {item.batches.map((batch) => (
        <div key={batch.id} className="supply-count">
          <span>
            {batchWords(t, batch)} {batch.state !== 'good' && <span className="tag">{t.lot[batch.state]}</span>}
            <br />
            <span className="hint">{t.count.system(batch.quantity)}</span>
          </span>
          <Stepper
            value={found[batch.id] ?? batch.quantity}
            min={0}
            label={t.count.found}
            onChange={(value) => setFound((now) => ({ ...now, [batch.id]: value }))}
          />
        </div>
      ))}
      <div className="supply-chips" role="group" aria-label={t.count.reason}>
        {reasons.map((one) => (
          <button
            key={one.code}
            type="button"
            className="supply-chip"
            aria-pressed={reason === one.code}
            onClick={() => setReason(one.code)}
          >
            {english ? one.nameEn : one.name}
          </button>
        ))}
      </div>
      <Button kind="main" wide icon="check" onClick={() => void send()}>
        {t.count.send}
      </Button>
    </div>
  );
}

interface StepperProps {
  value: number;
  min: number;
  label: string;
  onChange: (value: number) => void;
}

/** A number with big buttons; it may be typed as well. */
function Stepper({ value, min, label, onChange }: StepperProps) {
  const t = useText(supplies).tablet;
  const set = (next: number): void =>
    onChange(Math.min(100_000, Math.max(min, Number.isFinite(next) ? Math.trunc(next) : min)));
  return (
    <div className="supply-stepper">
      <button type="button" aria-label={t.less} disabled={value <= min} onClick={() => set(value - 1)}>
        −
      </button>
      <input
        type="number"
        inputMode="numeric"
        aria-label={label}
        min={min}
        value={value}
        onChange={({ target }) => set(Number(target.value))}
        onFocus={({ target }) => target.select()}
      />
      <button type="button" aria-label={t.more} onClick={() => set(value + 1)}>
        +
      </button>
    </div>
  );
}
