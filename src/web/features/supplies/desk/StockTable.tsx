import { Button } from 'antd';
import { useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { supplies } from '#web/i18n/supplies.ts';
import type { Batch, StockItem } from '../api.ts';
import { batchWords, useItemNames } from '../words.ts';
import { CountForm } from './CountForm.tsx';
import { LevelForm, TransferForm, WriteOffForm } from './HeadForms.tsx';
import { ReceiveForm } from './ReceiveForm.tsx';
import type { SupplyView } from './SuppliesPart.tsx';

type Filter = 'all' | 'low' | 'expiry';

type Opened =
  | { form: 'receive' | 'transfer' }
  | { form: 'count' | 'level'; item: StockItem }
  | { form: 'writeOff'; item: StockItem; batch: Batch };

const fits: Record<Filter, (item: StockItem) => boolean> = {
  all: () => true,
  low: ({ low }) => low,
  expiry: ({ batches }) => batches.some(({ state }) => state !== 'good'),
};

/** All that is here, with its batches; what the reader may do stands beside it. */
export function StockTable(view: SupplyView) {
  const t = useText(supplies);
  const [filter, setFilter] = useState<Filter>('all');
  const [opened, setOpened] = useState<Opened | null>(null);
  const { mayWork, mayManage, items } = view.stock;
  const rows = items.filter((item) => item.usable + item.blocked + item.out + item.minimum > 0);
  return (
    <>
      <p className="quiet">{t.lead}</p>
      <div className="supplies-tools">
        {mayWork && (
          <Button type="primary" onClick={() => setOpened({ form: 'receive' })}>
            {t.receive.open}
          </Button>
        )}
        {mayManage && <Button onClick={() => setOpened({ form: 'transfer' })}>{t.transfer.open}</Button>}
        <a className="tool tool-framed" href={`/api/stations/${view.station.id}/supplies/export`} download>
          {t.export}
        </a>
        <span className="supplies-tools" role="group" aria-label={t.show.label}>
          {(['all', 'low', 'expiry'] as const).map((one) => (
            <button
              key={one}
              type="button"
              className="tool tool-framed"
              aria-pressed={filter === one}
              onClick={() => setFilter(one)}
            >
              {one === 'all' ? t.all : t.show[one]} {rows.filter(fits[one]).length}
            </button>
          ))}
        </span>
      </div>
      <Table view={view} rows={rows.filter(fits[filter])} onOpen={setOpened} />
      <Forms view={view} opened={opened} onClose={() => setOpened(null)} />
    </>
  );
}

function Forms({ view, opened, onClose }: { view: SupplyView; opened: Opened | null; onClose: () => void }) {
  if (opened === null) return null;
  switch (opened.form) {
    case 'receive':
      return <ReceiveForm {...view} onClose={onClose} />;
    case 'transfer':
      return <TransferForm {...view} onClose={onClose} />;
    case 'count':
      return <CountForm {...view} item={opened.item} onClose={onClose} />;
    case 'level':
      return <LevelForm {...view} item={opened.item} onClose={onClose} />;
    case 'writeOff':
      return <WriteOffForm {...view} item={opened.item} batch={opened.batch} onClose={onClose} />;
  }
}

interface TableProps {
  view: SupplyView;
  rows: readonly StockItem[];
  onOpen: (opened: Opened) => void;
}

function Table({ view, rows, onOpen }: TableProps) {
  const t = useText(supplies);
  if (rows.length === 0) return <p className="quiet">{t.stock.nothing}</p>;
  return (
    <div className="supplies-scroll">
      <table className="supplies-table">
        <caption className="visually-hidden">{t.stock.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.stock.item}</th>
            <th scope="col" className="supplies-number">
              {t.stock.usable}
            </th>
            <th scope="col" className="supplies-number">
              {t.stock.minimum}
            </th>
            <th scope="col" className="supplies-number">
              {t.stock.out}
            </th>
            <th scope="col">{t.stock.place}</th>
            <th scope="col">{t.stock.batches}</th>
            <th scope="col">{t.stock.acts}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((item) => (
            <Row key={item.itemCode} view={view} item={item} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ view, item, onOpen }: { view: SupplyView; item: StockItem; onOpen: (opened: Opened) => void }) {
  const t = useText(supplies);
  const names = useItemNames(view.words.items);
  const { mayWork, mayManage } = view.stock;
  return (
    <tr data-item={item.itemCode}>
      <th scope="row">
        {names.name(item.itemCode)}
        <small className="quiet"> {names.unit(item.itemCode)}</small>
        {item.low && <span className="supplies-mark supplies-bad">{t.stock.low}</span>}
        {item.restockSince !== null && (
          <small className="quiet supplies-line">{t.stock.restock(formatTime(item.restockSince))}</small>
        )}
      </th>
      <td className="supplies-number">
        <b>{item.usable}</b>
        {item.blocked > 0 && (
          <small className="supplies-wrong supplies-line">
            {t.stock.blocked} {item.blocked}
          </small>
        )}
      </td>
      <td className="supplies-number">{item.minimum}</td>
      <td className="supplies-number">{item.out === 0 ? '' : item.out}</td>
      <td>{item.place}</td>
      <td>
        <ul className="supplies-batches">
          {item.batches.map((batch) => (
            <BatchLine
              key={batch.id}
              batch={batch}
              mayManage={mayManage}
              onWriteOff={() => onOpen({ form: 'writeOff', item, batch })}
            />
          ))}
        </ul>
      </td>
      <td className="supplies-acts">
        {mayWork && item.batches.length > 0 && (
          <button type="button" className="tool" onClick={() => onOpen({ form: 'count', item })}>
            {t.count.open}
          </button>
        )}
        {mayManage && (
          <button type="button" className="tool" onClick={() => onOpen({ form: 'level', item })}>
            {t.level.open}
          </button>
        )}
      </td>
    </tr>
  );
}

function BatchLine({ batch, mayManage, onWriteOff }: { batch: Batch; mayManage: boolean; onWriteOff: () => void }) {
  const t = useText(supplies);
  return (
    <li>
      <b>{batch.quantity}</b> <span>{batchWords(t, batch)}</span>
      {batch.partnerName !== null && <span className="quiet"> {batch.partnerName}</span>}
      {batch.state !== 'good' && (
        <span className={`supplies-mark${batch.state === 'soon' ? '' : ' supplies-bad'}`} title={batch.recallReason}>
          {t.lot[batch.state]}
        </span>
      )}
      {mayManage && (
        <button type="button" className="tool" onClick={onWriteOff}>
          {t.writeOff.open}
        </button>
      )}
    </li>
  );
}
