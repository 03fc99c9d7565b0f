import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { supplyRoutes } from '#contract/supplies.ts';
import type { ClientInput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { supplies } from '#web/i18n/supplies.ts';
import type { ItemWords } from '../api.ts';
import { todayHere } from '#web/i18n/local-time.ts';
import { Pick } from '#web/ui/FormLines.tsx';
import { FormFrame, Line, useChoices } from './FormFrame.tsx';
import { giversQuery, supplyKey } from './queries.ts';
import type { SupplyView } from './SuppliesPart.tsx';

type Body = NonNullable<ClientInput<typeof supplyRoutes.receive>['body']>;
type Source = Body['source'];
interface Draft {
  key: number;
  itemCode: string;
  quantity: string;
  number: string;
  expiresOn: string;
}

const sources: readonly Source[] = ['street', 'purchase', 'donation'];

function isReady(words: ItemWords, line: Draft): boolean {
  const expiry = words.items.find(({ code }) => code === line.itemCode)?.expiry;
  const dated = line.expiresOn !== '';
  if (expiry === 'required' && !dated) return false;
  return (
    Number(line.quantity) >= 1 && Number.isInteger(Number(line.quantity)) && (!dated || line.expiresOn >= todayHere())
  );
}

/** A delivery: from whom, and line by line what. A gift gets a receipt to hand over. */
export function ReceiveForm({ station, words, onClose }: SupplyView & { onClose: () => void }) {
  const t = useText(supplies).receive;
  const [source, setSource] = useState<Source>('street');
  const [giver, setGiver] = useState('');
  const [donor, setDonor] = useState('');
  const [lines, setLines] = useState<readonly Draft[]>([blank(words, 0)]);
  const gift = source === 'donation';
  const act = useAct(
    (body: Omit<Body, 'opId'>, opId) =>
      ask(supplyRoutes.receive, { params: { id: station.id }, body: { ...body, opId } }),
    { stale: [supplyKey] },
  );
  const [partnerId = '', pledgeId = ''] = giver.split(' ');
  const send = (): void =>
    act.mutate({
      source,
      ...(gift && partnerId !== '' ? { partnerId, pledgeId: pledgeId === '' ? null : pledgeId } : {}),
      ...(gift && partnerId === '' ? { donor } : {}),
      lines: lines.map(({ itemCode, quantity, number, expiresOn }) => ({
        itemCode,
        quantity: Number(quantity),
        number,
        expiresOn: expiresOn === '' ? null : expiresOn,
      })),
    });
  const change = (key: number, part: Partial<Draft>): void =>
    setLines((now) => now.map((line) => (line.key === key ? { ...line, ...part } : line)));
  if (act.data !== undefined) return <Done id={act.data.id} number={act.data.number} onClose={onClose} />;
  return (
    <FormFrame
      title={t.title}
      send={t.send}
      busy={act.isPending}
      error={act.error}
      ready={lines.every((line) => isReady(words, line))}
      onSend={send}
      onClose={onClose}
      wide
    >
      <Pick
        label={t.source}
        value={source}
        choices={sources.map((one) => ({ value: one, words: t.sources[one] }))}
        onChange={(value) => setSource(value as Source)}
      />
      {gift && <Giver stationId={station.id} value={giver} onChange={setGiver} />}
      {gift && partnerId === '' && <Line label={t.donor} value={donor} onChange={setDonor} />}
      {lines.map((line) => (
        <LineFields key={line.key} words={words} line={line} onChange={(part) => change(line.key, part)}>
          {lines.length > 1 && (
            <Button onClick={() => setLines(lines.filter(({ key }) => key !== line.key))}>{t.remove}</Button>
          )}
        </LineFields>
      ))}
      <Button onClick={() => setLines([...lines, blank(words, (lines.at(-1)?.key ?? 0) + 1)])}>{t.add}</Button>
    </FormFrame>
  );
}

const blank = (words: ItemWords, key: number): Draft => ({
  key,
  itemCode: words.items[0]?.code ?? '',
  quantity: '1',
  number: '',
  expiresOn: '',
});

function Done({ id, number, onClose }: { id: string; number: string; onClose: () => void }) {
  const t = useText(supplies).receive;
  return (
    <FormFrame title={t.title} send={t.open} busy={false} error={null} ready={false} onSend={onClose} onClose={onClose}>
      <p role="status">{t.done(number)}</p>
      <a className="tool tool-framed" href={`/api/supplies/receipts/${id}/pdf`} target="_blank" rel="noreferrer">
        {t.paper}
      </a>
    </FormFrame>
  );
}

/** Which partner, and which of its promises this keeps. */
function Giver({
  stationId,
  value,
  onChange,
}: {
  stationId: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const t = useText(supplies).receive;
  const partners = useQuery(giversQuery(stationId)).data?.items ?? [];
  const choices = partners.flatMap(({ id, name, pledges }) => [
    { value: id, words: name },
    ...pledges
      .filter(({ alive }) => alive)
      .map((pledge) => ({ value: `${id} ${pledge.id}`, words: `${name} · ${pledge.what}` })),
  ]);
  return (
    <Pick
      label={t.partner}
      value={value}
      choices={[{ value: '', words: t.noPartner }, ...choices]}
      onChange={onChange}
    />
  );
}

interface LineFieldsProps {
  words: ItemWords;
  line: Draft;
  onChange: (part: Partial<Draft>) => void;
  children: ReactNode;
}

function LineFields({ words, line, onChange, children }: LineFieldsProps) {
  const t = useText(supplies).receive;
  const choices = useChoices();
  const expiry = words.items.find(({ code }) => code === line.itemCode)?.expiry;
  const past = line.expiresOn !== '' && line.expiresOn < todayHere();
  const hint = past ? t.past : expiry === 'required' && line.expiresOn === '' ? t.expiresNeeded : undefined;
  return (
    <fieldset className="supplies-row">
      <Pick
        label={t.item}
        value={line.itemCode}
        choices={choices(words.items)}
        onChange={(itemCode) => onChange({ itemCode, expiresOn: '' })}
      />
      <Line label={t.quantity} type="number" value={line.quantity} onChange={(quantity) => onChange({ quantity })} />
      <Line label={t.number} value={line.number} onChange={(number) => onChange({ number })} />
      {expiry !== 'none' && (
        <Line
          label={t.expires}
          type="date"
          value={line.expiresOn}
          hint={hint}
          onChange={(expiresOn) => onChange({ expiresOn })}
        />
      )}
      {children}
    </fieldset>
  );
}
