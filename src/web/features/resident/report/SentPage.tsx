import { useEffect, useRef, useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { resident } from '#web/i18n/resident.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { goTo } from '#web/app/address.ts';
import { listReceipts, receiptPath } from '../receipt/receipts.ts';
import { reportPaths } from './paths.ts';

/** Thanks, the number, and the link to keep. Shows the newest receipt of this phone, so a reload loses nothing. */
export function SentPage() {
  const t = useText(resident).sent;
  const [newest] = listReceipts();
  useEffect(() => {
    if (newest === undefined) goTo('/');
  }, [newest]);
  if (newest === undefined) return null;
  const link = location.origin + receiptPath(newest.secret);
  return (
    <section className="part sent">
      <span className="sent-mark" aria-hidden="true">
        <Icon name="check" size={44} />
      </span>
      <h1>{t.heading}</h1>
      <p className="sent-number">
        {t.number} <strong>{newest.number}</strong>
      </p>
      <p>{t.explain}</p>
      <Link to={receiptPath(newest.secret)} className="button button-main button-wide">
        <Icon name="clock" />
        <span>{t.open}</span>
      </Link>
      <KeepLink link={link} number={newest.number} />
      <div className="actions-two">
        <Link to={reportPaths.what} className="button">
          {t.another}
        </Link>
        <Link to="/" className="button">
          {t.home}
        </Link>
      </div>
    </section>
  );
}

/** Copy, share, or scan: the link is the receipt. */
export function KeepLink({ link, number }: { link: string; number: string }) {
  const t = useText(resident).sent;
  const [byHand, setByHand] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      toast(t.copied);
    } catch {
      // No clipboard without TLS and in some in-app browsers.
      setByHand(true);
    }
  };
  return (
    <>
      <div className={typeof navigator.share === 'function' ? 'actions-two' : 'actions-one'}>
        <Button icon="copy" onClick={() => void copy()}>
          {t.copy}
        </Button>
        {typeof navigator.share === 'function' && (
          <Button
            icon="share"
            onClick={() => void navigator.share({ title: t.shareTitle(number), url: link }).catch(() => undefined)}
          >
            {t.share}
          </Button>
        )}
      </div>
      {byHand && (
        <p className="by-hand">
          {t.copyByHand}
          <code>{link}</code>
        </p>
      )}
      <QrCode text={link} caption={t.qr} />
    </>
  );
}

/** Shown on wide screens only: whoever reports at a desk follows it on a phone. */
function QrCode({ text, caption }: { text: string; caption: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const wide = matchMedia('(min-width: 760px)').matches;
  useEffect(() => {
    const place = canvas.current;
    if (place === null) return;
    void import('qrcode').then(({ toCanvas }) => toCanvas(place, text, { width: 176, margin: 2 }));
  }, [text]);
  if (!wide) return null;
  return (
    <figure className="qr">
      <canvas ref={canvas} width="176" height="176" role="img" aria-label={caption} />
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
