import { useState } from 'react';
import { call } from '#web/app/call.ts';
import type { StationHead } from '#web/app/station-slots.ts';
import { useOnline, useOutbox } from '#web/field/use-field.ts';
import { useText } from '#web/i18n/area.ts';
import { supplies } from '#web/i18n/supplies.ts';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { supplyApi, type ItemWords, type Stock, type StockItem } from '../api.ts';
import { useItemNames } from '../words.ts';
import { ItemSheet } from './ItemSheet.tsx';
import { useKept } from './kept.ts';
import './tablet.css';

type Filter = 'all' | 'low' | 'expiry';
const filters: readonly Filter[] = ['all', 'low', 'expiry'];

const fits: Record<Filter, (item: StockItem) => boolean> = {
  all: () => true,
  low: ({ low }) => low,
  expiry: ({ batches }) => batches.some(({ state }) => state !== 'good'),
};

/** Big numbers: what is here, what is low. One tap opens an item to receive or count it. */
export function StockPart({ station }: { station: StationHead }) {
  const t = useText(supplies);
  const online = useOnline();
  const words = useKept<ItemWords>('supplies:items', () => call(supplyApi.items, {}));
  const stock = useKept<Stock>(`supplies:stock:${station.id}`, () =>
    call(supplyApi.stock, { params: { id: station.id } }),
  );
  const unsent = useOutbox().commands.filter(({ other }) => other?.kind.startsWith('supply.') === true).length;
  const [filter, setFilter] = useState<Filter>('all');
  if (words === undefined || stock === undefined)
    return online ? <Skeleton lines={5} /> : <p className="note note-warn">{t.tablet.never}</p>;
  const items = stock.items.filter((item) => item.usable + item.blocked + item.out + item.minimum > 0);
  return (
    <>
      {!online && <p className="note note-warn">{t.tablet.offline}</p>}
      {unsent > 0 && <p className="note note-warn">{t.tablet.unsent(unsent)}</p>}
      <div className="supply-chips" role="group" aria-label={t.show.label}>
        {filters.map((one) => (
          <button
            key={one}
            type="button"
            className="supply-chip"
            aria-pressed={filter === one}
            onClick={() => setFilter(one)}
          >
            {one === 'all' ? t.all : t.show[one]} {items.filter(fits[one]).length}
          </button>
        ))}
      </div>
      <Tiles station={station} words={words} items={items.filter(fits[filter])} />
    </>
  );
}

function Tiles({ station, words, items }: { station: StationHead; words: ItemWords; items: readonly StockItem[] }) {
  const t = useText(supplies);
  const names = useItemNames(words.items);
  const [opened, setOpened] = useState<string | null>(null);
  const chosen = items.find(({ itemCode }) => itemCode === opened);
  return (
    <section className="supply-tiles" aria-label={t.stock.caption}>
      {items.length === 0 && <p className="hint">{t.stock.nothing}</p>}
      {items.map((item) => (
        <button
          key={item.itemCode}
          type="button"
          className={`supply-tile${item.low ? ' supply-tile-low' : ''}`}
          data-item={item.itemCode}
          onClick={() => setOpened(item.itemCode)}
        >
          <strong>{names.name(item.itemCode)}</strong>
          <span className="supply-big">{item.usable}</span>
          <span className="hint">{names.unit(item.itemCode)}</span>
          <Marks item={item} />
        </button>
      ))}
      {chosen !== undefined && (
        <ItemSheet station={station} words={words} item={chosen} onClose={() => setOpened(null)} />
      )}
    </section>
  );
}

function Marks({ item }: { item: StockItem }) {
  const t = useText(supplies);
  const states = new Set(item.batches.map(({ state }) => state));
  return (
    <span className="supply-marks">
      {item.low && <span className="tag tag-seal">{t.stock.low}</span>}
      {(['soon', 'expired', 'recalled'] as const)
        .filter((state) => states.has(state))
        .map((state) => (
          <span key={state} className={state === 'soon' ? 'tag' : 'tag tag-seal'}>
            {t.lot[state]}
          </span>
        ))}
    </span>
  );
}
