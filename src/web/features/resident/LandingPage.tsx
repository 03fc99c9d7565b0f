import { useEffect, useState, type FormEvent } from 'react';
import { goTo } from '#web/app/address.ts';
import { callAsMember, memberKey } from '#web/app/group-api.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatRelative } from '#web/i18n/format.ts';
import { resident } from '#web/i18n/resident.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { toast } from '#web/ui/light/Toast.tsx';
import { forgetReceipts, listReceipts, receiptPath, secretIn, watchReceipts } from './receipt/receipts.ts';
import { reportPaths } from './report/paths.ts';
import { useDraftWaiting } from './report/use-report.ts';

/** What this is, and the two things one can do here. */
export function LandingPage() {
  const t = useText(resident).landing;
  const waiting = useDraftWaiting();
  return (
    <>
      <section className="hero">
        <HillAndTree />
        <h1>{t.heading}</h1>
        <p>{t.lead}</p>
        <Link to={reportPaths.what} className="button button-main button-wide button-huge">
          <Icon name="camera" size={30} />
          <span>{waiting ? t.continueDraft : t.report}</span>
        </Link>
        <Link to="/stations" className="button button-wide">
          <Icon name="umbrella" />
          <span>{t.stations}</span>
        </Link>
        <Link to="/survey" className="button button-wide">
          <Icon name="question" />
          <span>{t.survey}</span>
        </Link>
        <Link to="/open" className="button button-wide">
          <Icon name="check" />
          <span>{t.fixed}</span>
        </Link>
      </section>
      <MyGroups />
      <MyReceipts />
      <TrackByLink />
      <section className="part urgent">
        <h2 className="part-title">{t.urgent}</h2>
        <p>{t.urgentHint}</p>
        <div className="calls">
          <a className="button button-danger" href="tel:119">
            <Icon name="fire" />
            {t.fire}
          </a>
          <a className="button button-danger" href="tel:120">
            <Icon name="health" />
            {t.ambulance}
          </a>
          <a className="button button-danger" href="tel:110">
            <Icon name="safety" />
            {t.police}
          </a>
        </div>
      </section>
      <section className="part">
        <h2 className="part-title">{t.how}</h2>
        <ol className="how">
          {Object.values(t.howSteps).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ol>
      </section>
    </>
  );
}

/** A way back to the online groups this browser is a member of; nothing is asked where it never joined one. */
function MyGroups() {
  const t = useText(resident).landing;
  const { value } = useLoad(memberKey() === null ? null : 'mine', (signal) => callAsMember('mine', {}, { signal }));
  const count = value?.items.length ?? 0;
  if (count === 0) return null;
  return (
    <p className="my-groups">
      <Link to="/groups" className="button button-quiet">
        <Icon name="people" />
        <span>{t.groups(formatNumber(count))}</span>
      </Link>
    </p>
  );
}

function MyReceipts() {
  const t = useText(resident).landing;
  const [receipts, setReceipts] = useState(listReceipts);
  useEffect(() => watchReceipts(() => setReceipts(listReceipts())), []);
  if (receipts.length === 0) return null;
  return (
    <section className="part">
      <h2 className="part-title">{t.mine}</h2>
      <ul className="found">
        {receipts.slice(0, 8).map((receipt) => (
          <li key={receipt.secret}>
            <Link to={receiptPath(receipt.secret)} className="found-place">
              <strong>{receipt.title === '' ? receipt.number : receipt.title}</strong>
              <small>
                {receipt.number} · {formatRelative(receipt.at)}
              </small>
            </Link>
          </li>
        ))}
      </ul>
      <Button
        kind="quiet"
        onClick={() => {
          forgetReceipts();
          toast(t.forgotten);
        }}
      >
        {t.forget}
      </Button>
    </section>
  );
}

function TrackByLink() {
  const t = useText(resident).landing;
  const [link, setLink] = useState('');
  const [wrong, setWrong] = useState(false);
  const open = (event: FormEvent): void => {
    event.preventDefault();
    const secret = secretIn(link);
    setWrong(secret === undefined);
    if (secret !== undefined) goTo(receiptPath(secret));
  };
  return (
    <section className="part">
      <h2 className="part-title">{t.track}</h2>
      <p>{t.trackHint}</p>
      <form className="track" onSubmit={open} noValidate>
        <Field
          label={t.trackLabel}
          value={link}
          inputMode="text"
          autoComplete="off"
          error={wrong ? t.trackWrong : undefined}
          onChange={setLink}
        />
        <Button type="submit" icon="search">
          {t.trackOpen}
        </Button>
      </form>
    </section>
  );
}

/** The tree on its hill between two rivers. Decoration only. */
function HillAndTree() {
  return (
    <svg
      className="hero-art"
      viewBox="0 0 400 150"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
      focusable="false"
    >
      <path className="art-far" d="M0 105 Q60 70 120 92 T240 78 T400 96 V150 H0z" />
      <path className="art-river" d="M0 128 Q70 112 150 126 T300 122 T400 130 V150 H0z" />
      <path className="art-hill" d="M210 150 Q250 100 320 98 Q370 98 400 118 V150z" />
      <g className="art-crown">
        <circle cx="318" cy="48" r="26" />
        <circle cx="288" cy="60" r="21" />
        <circle cx="348" cy="58" r="23" />
        <circle cx="305" cy="74" r="17" />
        <circle cx="335" cy="75" r="17" />
      </g>
      <path
        className="art-trunk"
        d="M320 66V124M311 80v20q0 8-10 8h-14M329 80v20q0 8 10 8h14M301 108v20M339 108v20M272 116h96"
      />
      <path className="art-steps" d="M228 150v-9h14v-9h14v-9h14" />
    </svg>
  );
}
