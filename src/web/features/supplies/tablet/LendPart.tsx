import { useState } from 'react';
import { call } from '#web/app/call.ts';
import type { StationHead } from '#web/app/station-slots.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useOnline, useOutbox } from '#web/field/use-field.ts';
import { useText } from '#web/i18n/area.ts';
import { supplies } from '#web/i18n/supplies.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import type { IconName } from '#web/ui/icons/drawings.ts';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { supplyApi, type ItemWords, type Loans } from '../api.ts';
import { useItemNames } from '../words.ts';
import { useKept } from './kept.ts';
import { LendSheet } from './LendSheet.tsx';
import { useLoanActs } from './loan-acts.ts';
import { OutList } from './OutList.tsx';
import './tablet.css';

const icons: Readonly<Record<string, IconName>> = {
  umbrella: 'umbrella',
  power_bank: 'power',
  wheelchair: 'wheelchair',
  walker: 'people',
  reading_glasses: 'book',
  tool_box: 'works',
  pump: 'road',
  blanket: 'seat',
};

/** Telephones do not stay on the device, not even masked. */
const withoutPhones = (loans: Loans): Loans => ({
  ...loans,
  items: loans.items.map((loan) => ({ ...loan, phone: null })),
});

/** Two taps lend an umbrella, two take it back. */
export function LendPart({ station }: { station: StationHead }) {
  const t = useText(supplies);
  const online = useOnline();
  const words = useKept<ItemWords>('supplies:items', () => call(supplyApi.items, {}));
  const loans = useKept<Loans>(
    `supplies:loans:${station.id}`,
    () => call(supplyApi.loans, { params: { id: station.id }, query: {} }),
    withoutPhones,
  );
  const unsent = useOutbox().commands.filter(({ other }) => other?.kind.startsWith('loan.') === true).length;
  if (words === undefined || loans === undefined)
    return online ? <Skeleton lines={5} /> : <p className="note note-warn">{t.tablet.never}</p>;
  return (
    <>
      <p className="hint">{t.loans.lead}</p>
      {!online && <p className="note note-warn">{t.tablet.offline}</p>}
      {unsent > 0 && <p className="note note-warn">{t.tablet.unsent(unsent)}</p>}
      <Scanned station={station} words={words} />
      <Kinds station={station} words={words} loans={loans} />
      <OutList station={station} words={words} loans={loans} />
    </>
  );
}

/** Come by the label of a thing: its sheet is open at once, the number filled in. */
function Scanned({ station, words }: Pick<KindsProps, 'station' | 'words'>) {
  const names = useItemNames(words.items);
  const act = useLoanActs(station, names.name);
  const [number, setNumber] = useState(() => new URLSearchParams(location.search).get('thing'));
  const { value } = useLoad(number ?? '', async (signal) =>
    number === null ? null : call(supplyApi.thing, { params: { number } }, { signal }),
  );
  if (number === null || value === undefined || value === null) return null;
  const { itemCode } = value;
  const close = (): void => {
    history.replaceState(history.state, '', location.pathname);
    setNumber(null);
  };
  return (
    <LendSheet
      title={names.name(itemCode)}
      scanned={value.number}
      onClose={close}
      onLend={(wish) => {
        close();
        void act.lend(itemCode, wish);
      }}
      onBring={(wish) => {
        close();
        void act.bring({ itemCode, ...wish });
      }}
    />
  );
}

interface KindsProps {
  station: StationHead;
  words: ItemWords;
  loans: Loans;
}

function Kinds({ station, words, loans }: KindsProps) {
  const t = useText(supplies).loans;
  const names = useItemNames(words.items);
  const [opened, setOpened] = useState<string | null>(null);
  const act = useLoanActs(station, names.name);
  const shown = loans.kinds.filter(
    ({ itemCode, here, out }) => here + out > 0 || (names.find(itemCode)?.minimum ?? 0) > 0,
  );
  const kind = loans.kinds.find(({ itemCode }) => itemCode === opened);
  return (
    <section className="supply-tiles" aria-label={t.title}>
      {shown.map(({ itemCode, here, out, overdue }) => (
        <button
          key={itemCode}
          type="button"
          className="supply-tile"
          data-item={itemCode}
          onClick={() => setOpened(itemCode)}
        >
          <Icon name={icons[itemCode] ?? 'fridge'} size={34} />
          <strong>{names.name(itemCode)}</strong>
          <span className="supply-figure">{t.here(here)}</span>
          <span className="hint">
            {t.out(out)}
            {overdue > 0 && <em className="supply-late"> {t.overdue(overdue)}</em>}
          </span>
        </button>
      ))}
      {kind !== undefined && (
        <LendSheet
          title={names.name(kind.itemCode)}
          onClose={() => setOpened(null)}
          onLend={(wish) => {
            setOpened(null);
            void act.lend(kind.itemCode, wish);
          }}
          onBring={(wish) => {
            setOpened(null);
            void act.bring({ itemCode: kind.itemCode, ...wish });
          }}
        />
      )}
    </section>
  );
}
