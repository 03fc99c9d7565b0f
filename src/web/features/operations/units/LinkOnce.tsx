import { useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { operations } from '#web/i18n/operations.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { QrCode } from '#web/ui/QrCode.tsx';

export interface LinkOnceProps {
  link: string;
  unit: string;
  place: string;
  /** '' when it is not known whom it goes to. */
  phone: string;
}

/** The link as it is handed out: to scan, to copy, as the text of a message. It is never shown again. */
export function LinkOnce({ link, unit, place, phone }: LinkOnceProps) {
  const t = useText(operations).link;
  const [copied, setCopied] = useState<'link' | 'sms' | 'failed' | null>(null);
  const sms = t.sms(unit, place, link);
  const copy = (text: string, what: 'link' | 'sms'): void => {
    // No clipboard without TLS: the texts below can be marked by hand.
    if (typeof navigator.clipboard?.writeText !== 'function') return setCopied('failed');
    navigator.clipboard.writeText(text).then(
      () => setCopied(what),
      () => setCopied('failed'),
    );
  };
  return (
    <div className="link-once">
      <p className="note">
        <Icon name="warning" size={18} /> {t.once}
      </p>
      <div className="link-once-row">
        <figure className="link-qr">
          <QrCode text={link} alt={t.qr} size={152} />
          <figcaption>{t.qr}</figcaption>
        </figure>
        <div>
          <output className="link-text" aria-label={t.made}>
            {link}
          </output>
          <p className="link-text">{sms}</p>
          <div className="room-buttons">
            <button type="button" className="room-button room-button-main" onClick={() => copy(link, 'link')}>
              <Icon name="copy" size={15} />
              {t.copy}
            </button>
            <button type="button" className="room-button" onClick={() => copy(sms, 'sms')}>
              <Icon name="copy" size={15} />
              {t.copySms}
            </button>
            {phone !== '' && (
              <a className="room-button" href={`sms:${phone.replaceAll(' ', '')}?body=${encodeURIComponent(sms)}`}>
                <Icon name="send" size={15} />
                {t.sendSms}
              </a>
            )}
          </div>
          <p role="status" className="quiet">
            {copied === 'failed' ? t.byHand : copied !== null && t.copied}
          </p>
        </div>
      </div>
    </div>
  );
}
