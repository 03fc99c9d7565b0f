import { useState } from 'react';
import { goTo } from '#web/app/address.ts';
import { useHolder } from '#web/field/use-field.ts';
import { useText } from '#web/i18n/area.ts';
import { counter } from '#web/i18n/counter.ts';
import { Icon, isIconName } from '#web/ui/icons/Icon.tsx';
import type { ServiceKind, Visitor } from '../counter-api.ts';
import { keepService, newRecordId } from '../keep.ts';
import { partPath } from '../paths.ts';
import { useNamed, useStanding } from '../use-counter.ts';
import { HowMany } from './HowMany.tsx';
import { JustNow, useJustNow } from './JustNow.tsx';
import { inOrder } from './order.ts';

/** One tap records one service; what is said about how many and who goes with the next tap only. */
export function RecordPart() {
  const t = useText(counter);
  const { station, words } = useStanding();
  const [persons, setPersons] = useState(1);
  const [visitor, setVisitor] = useState<Visitor | null>(null);
  const give = useGive();
  const just = useJustNow();
  const tap = (kind: ServiceKind): void => {
    if (kind.asks === 'lend' || kind.asks === 'bookings') return goTo(partPath(kind.asks));
    void give(kind, persons, visitor).then((row) => just.add(row));
    setPersons(1);
    setVisitor(null);
  };
  return (
    <>
      <HowMany persons={persons} onPersons={setPersons} visitor={visitor} onVisitor={setVisitor} />
      <section aria-label={t.tiles} className="counter-tiles">
        {inOrder(words.kinds, station.usual).map((kind) => (
          <Tile key={kind.code} kind={kind} onTap={() => tap(kind)} />
        ))}
      </section>
      <JustNow rows={just.rows} onUndone={just.drop} />
    </>
  );
}

function Tile({ kind, onTap }: { kind: ServiceKind; onTap: () => void }) {
  const named = useNamed();
  return (
    <button type="button" className="counter-tile" data-kind={kind.code} onClick={onTap}>
      <Icon name={isIconName(kind.icon) ? kind.icon : 'other'} size={34} />
      <span>{named(kind)}</span>
    </button>
  );
}

/** Hook: gives a service, answers what the strip of undoing shows. */
export function useGive() {
  const t = useText(counter);
  const named = useNamed();
  const holder = useHolder();
  const { station } = useStanding();
  return async (kind: ServiceKind, persons: number, visitor: Visitor | null) => {
    const id = newRecordId();
    const title = t.recorded(named(kind), persons);
    await keepService(holder, { stationId: station.id, title, given: { id, kind: kind.code, persons, visitor } });
    return { id, title, atMs: Date.now() };
  };
}
