import { useState } from 'react';
import { goTo } from '#web/app/address.ts';
import { useTabletParts } from '#web/app/station-slots.ts';
import { useHolder } from '#web/field/use-field.ts';
import { useText } from '#web/i18n/area.ts';
import { counter } from '#web/i18n/counter.ts';
import { Icon, isIconName } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { OpenAids } from '../aid/OpenAid.tsx';
import { Waiting } from '../aid/Waiting.tsx';
import type { Given, ServiceKind, Visitor } from '../counter-api.ts';
import { keepService, newRecordId } from '../keep.ts';
import { counterPaths, partPath } from '../paths.ts';
import { useStanding } from '../use-counter.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { HowMany } from './HowMany.tsx';
import { JustNow, useJustNow } from './JustNow.tsx';
import { MedicineSheet } from './MedicineSheet.tsx';
import { NoteSheet } from './NoteSheet.tsx';
import { inOrder } from './order.ts';
import { WantSheet } from './WantSheet.tsx';

type Opened = ServiceKind | 'want' | 'note' | null;

/** One tap records one service; what is said about how many and who goes with the next tap only. */
export function RecordPart() {
  const t = useText(counter);
  const { station, words } = useStanding();
  const next = useNextTap();
  const just = useJustNow();
  const give = useGive();
  const others = useTabletParts();
  const [opened, setOpened] = useState<Opened>(null);
  const record = (kind: ServiceKind, more: Partial<Given> = {}, title?: string): void => {
    void give(kind, { ...next.told, ...more }, title).then(just.add);
    next.clear();
    setOpened(null);
  };
  const tap = (kind: ServiceKind): void => {
    const page = pageOf(kind, others);
    if (page !== null) goTo(page);
    else if (kind.asks === 'medicine') setOpened(kind);
    else record(kind);
  };
  return (
    <>
      <OpenAids />
      <Waiting />
      <HowMany {...next.told} onPersons={next.setPersons} onVisitor={next.setVisitor} />
      <section aria-label={t.tiles} className="counter-tiles">
        {inOrder(words.kinds, station.usual).map((kind) => (
          <Tile key={kind.code} kind={kind} onTap={() => tap(kind)} />
        ))}
      </section>
      <div className="counter-more">
        <Button icon="question" onClick={() => setOpened('want')}>
          {t.want}
        </Button>
        <Button icon="pen" pressed={next.told.note !== ''} onClick={() => setOpened('note')}>
          {next.told.note === '' ? t.note : t.noteWaits(next.told.note)}
        </Button>
      </div>
      <JustNow rows={just.rows} onUndone={just.drop} />
      {opened === 'want' && <WantSheet onClose={() => setOpened(null)} />}
      {opened === 'note' && <NoteSheet note={next.told.note} onNote={next.setNote} onClose={() => setOpened(null)} />}
      {opened !== null && typeof opened === 'object' && (
        <MedicineSheet
          onClose={() => setOpened(null)}
          onGive={(itemCode, name) => record(opened, { take: [{ itemCode, quantity: 1 }] }, t.recorded(name, 1))}
        />
      )}
    </>
  );
}

/** Some tiles lead to a page of their own, or to that of another feature where it is there. */
function pageOf({ asks }: ServiceKind, others: readonly { key: string }[]): `/field/${string}` | null {
  if (asks === 'aid') return counterPaths.aid;
  if (asks === 'raise') return counterPaths.raise;
  return others.some(({ key }) => key === asks) ? partPath(asks) : null;
}

/** What was said before the next tap; after it, all begins anew. */
function useNextTap() {
  const [persons, setPersons] = useState(1);
  const [visitor, setVisitor] = useState<Visitor | null>(null);
  const [note, setNote] = useState('');
  return {
    told: { persons, visitor, note },
    setPersons,
    setVisitor,
    setNote,
    clear: () => {
      setPersons(1);
      setVisitor(null);
      setNote('');
    },
  };
}

function Tile({ kind, onTap }: { kind: ServiceKind; onTap: () => void }) {
  const named = useNamed();
  return (
    <button
      type="button"
      className={`counter-tile${kind.asks === 'aid' ? ' counter-tile-aid' : ''}`}
      data-kind={kind.code}
      onClick={onTap}
    >
      <Icon name={isIconName(kind.icon) ? kind.icon : 'other'} size={34} />
      <span>{named(kind)}</span>
    </button>
  );
}

/** Hook: gives a service, answers what the strip of undoing shows. */
function useGive() {
  const t = useText(counter);
  const named = useNamed();
  const holder = useHolder();
  const { station } = useStanding();
  return async (kind: ServiceKind, told: Omit<Given, 'id' | 'kind'>, called?: string) => {
    const id = newRecordId();
    const title = called ?? t.recorded(named(kind), told.persons ?? 1);
    await keepService(holder, { stationId: station.id, title, given: { id, kind: kind.code, ...told } });
    return { id, title, atMs: Date.now() };
  };
}
