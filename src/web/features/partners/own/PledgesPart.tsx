import { useState } from 'react';
import { call } from '#web/app/call.ts';
import { partnerApi } from '#web/app/partner-api.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { partners } from '#web/i18n/partners.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import { Select } from '#web/ui/light/Select.tsx';
import { Sheet } from '#web/ui/light/Sheet.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { useNamed } from '#web/i18n/use-named.ts';
import { useSend } from '#web/app/use-send.ts';
import type { Page, PartProps } from './page.ts';

type Pledge = Page['pledges'][number];

/** Each promise with where it stands, and the word that matters: we delivered. */
export function PledgesPart({ page, secret, onDone }: PartProps) {
  const t = useText(partners).own;
  const [claiming, setClaiming] = useState<Pledge>();
  return (
    <section className="part" aria-label={t.pledges}>
      <h2 className="part-title">{t.pledges}</h2>
      {page.pledges.length === 0 && <p>{t.noPledges}</p>}
      <ul className="partner-lines">
        {page.pledges.map((one) => (
          <li key={one.id}>
            <One pledge={one} onClaim={page.state === 'left' ? null : () => setClaiming(one)} />
          </li>
        ))}
      </ul>
      {claiming !== undefined && (
        <Claim
          pledge={claiming}
          page={page}
          secret={secret}
          onClose={() => setClaiming(undefined)}
          onDone={() => {
            setClaiming(undefined);
            toast(t.claimed);
            onDone();
          }}
        />
      )}
    </section>
  );
}

function One({ pledge, onClaim }: { pledge: Pledge; onClaim: (() => void) | null }) {
  const t = useText(partners);
  const named = useNamed();
  const unit = named(pledge.unit);
  const { stations } = pledge;
  const where = stations.length === 1 && stations[0] !== undefined ? named(stations[0]) : t.allStations;
  return (
    <>
      <p className="partner-what">
        <b>{named(pledge)}</b>
      </p>
      <p className="partner-soft">
        {t.amount(t.every[pledge.every], formatNumber(pledge.quantity), unit)} · {where} ·{' '}
        {t.until(formatDate(pledge.toDay))}
      </p>
      <p>
        {t.own.progress(formatNumber(pledge.due), formatNumber(pledge.delivered), unit)}
        {pledge.waiting > 0 && ` · ${t.own.waits(formatNumber(pledge.waiting), unit)}`}
      </p>
      {onClaim !== null && stations.length > 0 && (pledge.alive || pledge.due > pledge.delivered) && (
        <Button onClick={onClaim}>{t.own.claim}</Button>
      )}
    </>
  );
}

interface ClaimProps extends PartProps {
  pledge: Pledge;
  onClose: () => void;
}

function Claim({ pledge, page, secret, onClose, onDone }: ClaimProps) {
  const t = useText(partners).own;
  const named = useNamed();
  const only = pledge.stations.length === 1 ? pledge.stations[0] : undefined;
  const [stationId, setStationId] = useState(only?.id ?? '');
  const [quantity, setQuantity] = useState(String(pledge.quantity));
  const [day, setDay] = useState(page.today);
  const { busy, error, send } = useSend(onDone);
  const count = Number(quantity);
  const ready = stationId !== '' && Number.isInteger(count) && count >= 1 && day !== '';
  const wish = { pledgeId: pledge.id, stationId, quantity: count, day };
  return (
    <Sheet title={t.claimFor(named(pledge))} onClose={onClose}>
      <form
        className="partner-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready)
            void send(JSON.stringify(wish), (opId) =>
              call(partnerApi.claim, { params: { secret }, body: { opId, ...wish } }),
            );
        }}
      >
        {only === undefined ? (
          <Select
            label={t.station}
            value={stationId}
            none={t.pick}
            choices={pledge.stations.map((one) => ({ value: one.id, words: named(one) }))}
            onChange={setStationId}
          />
        ) : (
          <p>{named(only)}</p>
        )}
        <Field label={t.quantity(named(pledge.unit))} value={quantity} onChange={setQuantity} inputMode="numeric" />
        <Field label={t.day} value={day} onChange={setDay} type="date" hint={t.dayHint(formatNumber(page.backDays))} />
        {error !== undefined && <ErrorNote error={error} />}
        <Button kind="main" wide type="submit" busy={busy !== ''} disabled={!ready}>
          {t.send}
        </Button>
      </form>
    </Sheet>
  );
}
