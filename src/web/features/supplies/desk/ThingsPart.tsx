import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { supplyRoutes } from '#contract/supplies.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { supplies } from '#web/i18n/supplies.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { QrCode } from '#web/ui/QrCode.tsx';
import { Pick } from '#web/ui/FormLines.tsx';
import { useItemNames } from '../words.ts';
import { Line, useChoices } from './FormFrame.tsx';
import { supplyKey, thingsQuery } from './queries.ts';
import type { SupplyView } from './SuppliesPart.tsx';

/** Labels of what is lent: given, listed, printed with the code that leads to the nearest station. */
export function ThingsPart(view: SupplyView) {
  const t = useText(supplies).loans;
  const names = useItemNames(view.words.items);
  const things = useQuery(thingsQuery(view.station.id)).data?.items ?? [];
  const inUse = things.filter(({ state }) => state !== 'gone');
  return (
    <section aria-label={t.things}>
      <h2>{t.things}</h2>
      <p className="quiet">{t.thingsLead}</p>
      {view.stock.mayManage && <LabelForm {...view} />}
      {inUse.length > 0 && (
        <>
          <button type="button" className="tool tool-framed" onClick={() => window.print()}>
            {t.print}
          </button>
          <ul className="supplies-labels">
            {inUse.map(({ id, number, itemCode, state }) => (
              <li key={id}>
                <QrCode text={`${location.origin}/stations?thing=${number}`} alt={number} size={88} />
                <span>
                  <b>{number}</b>
                  <br />
                  {names.name(itemCode)}
                  <br />
                  <small>{t.returnHere}</small>
                  <small className="quiet supplies-screen"> {t.thing[state]}</small>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function LabelForm({ station, words }: SupplyView) {
  const t = useText(supplies).loans;
  const choices = useChoices();
  const lent = words.items.filter(({ kind }) => kind === 'loan');
  const [itemCode, setItemCode] = useState(lent[0]?.code ?? '');
  const [text, setText] = useState('');
  const numbers = text.split(/[\s,，、]+/).filter((one) => one !== '');
  const act = useAct(
    (body: { itemCode: string; numbers: string[] }, opId) =>
      ask(supplyRoutes.addThings, { params: { id: station.id }, body: { opId, ...body } }),
    { stale: [supplyKey], onDone: () => setText('') },
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (numbers.length > 0) act.mutate({ itemCode, numbers });
  };
  return (
    <form className="supplies-row supplies-form" onSubmit={submit}>
      <Pick label={t.title} value={itemCode} choices={choices(lent)} onChange={setItemCode} />
      <Line label={t.numbers} value={text} max={1000} onChange={setText} />
      <button type="submit" className="tool tool-framed" disabled={numbers.length === 0 || act.isPending}>
        {t.give}
      </button>
      <ProblemNote error={act.error} />
    </form>
  );
}
