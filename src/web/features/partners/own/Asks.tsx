import { useState } from 'react';
import { call } from '#web/app/call.ts';
import { partnerApi } from '#web/app/partner-api.ts';
import { useText } from '#web/i18n/area.ts';
import { partners } from '#web/i18n/partners.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Field, TextArea } from '#web/ui/light/Field.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { useSend } from '#web/app/use-send.ts';
import type { PartProps } from './page.ts';

/** "We would go on": the street is told and gets in touch. */
export function RenewPart({ page: { agreement }, secret, onDone }: PartProps) {
  const t = useText(partners).own;
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState('');
  const { busy, error, send } = useSend(() => {
    setOpen(false);
    toast(t.asked);
    onDone();
  });
  if (agreement === null) return null;
  if (agreement.renewalAskedAt !== null)
    return (
      <section className="part">
        <p role="status">{t.renewalAsked}</p>
      </section>
    );
  if (!agreement.mayAskRenewal) return null;
  if (!open)
    return (
      <section className="part">
        <Button wide onClick={() => setOpen(true)}>
          {t.renew}
        </Button>
      </section>
    );
  return (
    <form
      className="part partner-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send(words, (opId) => call(partnerApi.askRenewal, { params: { secret }, body: { opId, words } }));
      }}
    >
      <TextArea
        label={t.renewWords}
        value={words}
        onChange={setWords}
        maxLength={200}
        rows={3}
        left={t.charactersLeft}
      />
      {error !== undefined && <ErrorNote error={error} />}
      <Button kind="main" wide type="submit" busy={busy !== ''}>
        {t.renew}
      </Button>
    </form>
  );
}

/** Who answers for the partner; a change waits for the street to check it. */
export function ContactPart({ page, secret, onDone }: PartProps) {
  const t = useText(partners).own;
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const { busy, error, send } = useSend(() => {
    setOpen(false);
    toast(t.asked);
    onDone();
  });
  const ready = name.trim() !== '' && /^[0-9+\- ]{3,20}$/.test(phone);
  return (
    <section className="part" aria-label={t.contact}>
      <h2 className="part-title">{t.contact}</h2>
      <p>{page.contact === null ? t.contactNone : t.contactNow(page.contact.name, page.contact.phone)}</p>
      {page.contactAskedAt !== null && <p role="status">{t.contactAsked}</p>}
      {!open ? (
        <Button onClick={() => setOpen(true)}>{t.contactAsk}</Button>
      ) : (
        <form
          className="partner-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready)
              void send(`${name} ${phone}`, (opId) =>
                call(partnerApi.askContact, { params: { secret }, body: { opId, name, phone } }),
              );
          }}
        >
          <Field label={t.name} value={name} onChange={setName} maxLength={30} autoComplete="name" />
          <Field
            label={t.phone}
            value={phone}
            onChange={setPhone}
            type="tel"
            inputMode="tel"
            maxLength={20}
            autoComplete="tel"
          />
          {error !== undefined && <ErrorNote error={error} />}
          <Button kind="main" wide type="submit" busy={busy !== ''} disabled={!ready}>
            {t.contactAsk}
          </Button>
        </form>
      )}
    </section>
  );
}
